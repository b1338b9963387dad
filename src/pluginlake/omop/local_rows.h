// Rows of local vocabularies in the lake's tables: taken out and numbered within the writer's transaction.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "pluginlake/core/project.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::omop {

// While it lives, unqualified names on the connection are those of the lake's schema vocab.
class VocabSearchPath {
 public:
  VocabSearchPath(duck::Connection& connection, const core::Project& project);
  ~VocabSearchPath();
  VocabSearchPath(const VocabSearchPath&) = delete;
  VocabSearchPath& operator=(const VocabSearchPath&) = delete;

 private:
  duck::Connection& connection_;
  std::string alias_;
};

// Takes out every row of the local vocabularies: concepts in their blocks, what relates to those, their names, maps and
// codes. Only files that hold such rows are read. Names are those of VocabSearchPath.
void DeleteLocalRows(duck::Connection& connection, const std::vector<std::string>& vocabularies);

// Gives each code (vocabulary, code) a number that was never given, in the order they come. Throws exhausted (PL-1012).
void GiveLocalNumbers(duck::Connection& connection, const std::vector<std::pair<std::string, std::string>>& codes);

}  // namespace pluginlake::omop
