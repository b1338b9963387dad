// What is wrong with a delivery of vocabularies, as the gate tells it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::omop {

enum class Severity {
  kError,    // a delivery with one is refused, unless --partial asks for it
  kWarning,  // told, and loaded all the same
};

// One finding. Names places (file, line, column, concept ids, codes) and never a value of a line: the file that was
// named by mistake may hold anything.
struct Problem {
  std::string code;  // stable: "missing_file", "bad_value", …
  Severity severity = Severity::kError;
  std::string table;  // "concept"; empty = the delivery as a whole
  std::uint64_t count = 1;
  std::string message;
  std::vector<std::string> examples;  // a few
};

// Says whether any problem is an error.
bool HasErrors(const std::vector<Problem>& problems);

}  // namespace pluginlake::omop
