// One file of the demo's inbox while it is written.
#pragma once

#include <cstdint>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::app::demo {

// A broken line that is planted in a file on purpose.
struct Fault {
  std::string file;
  std::uint64_t after_line = 0;  // a shorter file has it at its end
  std::string reason_code;
  std::string text;
};

// Returns the faults that are planted in NDJSON files.
std::vector<Fault> PlantedFaults();

// Writes lines, and the planted ones among them. Close() must be called; all throw exhausted (PL-0901).
class InboxFile {
 public:
  InboxFile(const std::string& directory, const std::string& name, std::vector<Fault> faults);
  void Line(std::string_view text);
  void Close();
  std::uint64_t bytes() const { return bytes_; }

 private:
  void Write(std::string_view text);

  std::string path_;
  std::ofstream out_;
  std::vector<Fault> faults_;
  std::uint64_t lines_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace pluginlake::app::demo
