// Which delivered files are ready in the staging folder already: a load that was stopped goes on from there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/omop/problem.h"

namespace pluginlake::omop {

// One delivered file that stands as <folder>/<table>.parquet.
struct StagedFile {
  std::string table;
  std::string sha256;  // of the delivered bytes
  std::uint64_t rows = 0;
  std::vector<Problem> problems;  // that were met on the way
};

// Remembers them in <folder>/staged.json. For one thread.
class StagedFiles {
 public:
  // Makes the folder if it is not there, reads what another load of the same program left, and removes all else.
  StagedFiles(std::string folder, std::string program_version);

  // Returns what is staged of the table from these bytes, null if it must be made.
  const StagedFile* Find(std::string_view table, std::string_view sha256) const;
  // Notes a file that stands whole; it is on the disk before the note is. Throws exhausted (PL-1006).
  void Put(StagedFile file);

 private:
  void Read();
  void RemoveAllElse() const;
  void Write() const;

  std::string folder_;
  std::string program_version_;
  std::vector<StagedFile> files_;
};

}  // namespace pluginlake::omop
