// The rows of a view over files, as the rows of a FROM clause.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "pluginlake/duck/source_table.h"
#include "pluginlake/sources/input_cursor.h"
#include "pluginlake/sources/input_path.h"
#include "pluginlake/sources/record_limits.h"
#include "pluginlake/sources/view_reader.h"

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::sources {

// What a run over files is given; all of it outlives the run.
struct ViewRun {
  const fhir::View& view;
  std::span<const InputFile> files;
  RecordLimits records;
  ViewReadSettings reading;
  ViewCounts& counts;
  core::Progress& progress;
  const core::Cancellation& cancellation;
};

// Several threads read, in no order. A reader throws what ViewReader throws, and Interrupted.
class ViewSource final : public duck::ChunkSource {
 public:
  explicit ViewSource(const ViewRun& run);

  std::vector<duck::Column> Columns() const override;
  std::unique_ptr<duck::ChunkReader> Open() override;

 private:
  class Reader;

  ViewRun run_;
  InputCursor cursor_;
  std::uint64_t bytes_total_;
};

// Evaluates the view over about the first `bytes_max` of the input's records and gives no rows: for whoever must not
// begin to write before it is known that the beginning is sound. Throws what ViewReader throws, and Interrupted.
void CheckBeginning(const ViewRun& run, std::uint64_t bytes_max, std::uint32_t threads);

}  // namespace pluginlake::sources
