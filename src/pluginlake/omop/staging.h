// Where a delivery is made ready beside the lake: typed, sorted Parquet files, checked before anything is replaced.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/omop/athena_tables.h"
#include "pluginlake/omop/bundle.h"
#include "pluginlake/omop/file_survey.h"
#include "pluginlake/omop/problem.h"

namespace pluginlake::core {
class Cancellation;
}

namespace pluginlake::omop {

struct StagingSettings {
  std::string folder;  // is there, empty, and the staging's alone
  std::uint64_t memory_mb_max = 2048;
  std::uint64_t temp_mb_max = 0;  // 0 = what the disk has free
  std::uint32_t threads = 2;
};

// A DuckDB instance of its own, so that sorting 90 million rows takes neither memory nor settings of the lake's. For
// one thread.
class Staging {
 public:
  explicit Staging(const StagingSettings& settings);

  // Reads a delivered file, and leaves its good rows as <folder>/<table>.parquet in the table's order and types.
  // Returns how many; what is wrong with the file is appended to `problems`. Throws Interrupted, exhausted.
  std::uint64_t StageFile(const BundleFile& file, const FileSurvey& survey, std::vector<Problem>& problems,
                          const core::Cancellation& cancellation);

  // Runs a statement while `cancellation` is watched.
  duck::Result Run(std::string_view sql, std::initializer_list<duck::Value> values,
                   const core::Cancellation& cancellation);

  // Makes the view `name` over <folder>/<file>.parquet, or an empty one of the table's columns if there is no file.
  void ShowFile(const std::string& name, const std::string& file, const schemas::Table& table);

  // Returns <folder>/<name>.parquet.
  std::string PathOf(std::string_view name) const;
  bool HasFile(std::string_view name) const;
  duck::Connection& connection() { return connection_; }

 private:
  std::string folder_;
  duck::Database database_;
  duck::Connection connection_;
};

}  // namespace pluginlake::omop
