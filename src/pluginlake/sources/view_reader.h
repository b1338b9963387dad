// Evaluates a view over the records of files: one thread's part.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/view_evaluator.h"
#include "pluginlake/sources/input_path.h"
#include "pluginlake/sources/record_block.h"

namespace pluginlake::fhir {
class View;
}

namespace pluginlake::sources {

struct ViewReadSettings {
  fhir::TapeLimits tape;
  bool refuse_unexpected = false;  // an element of an unexpected JSON type is an error, not NULL
  bool skip_errors = false;        // what cannot be evaluated is left out and counted
};

// What all readers of a run met. Thread-safe.
struct ViewCounts {
  std::atomic<std::uint64_t> resources{0};   // of the view's type, evaluated
  std::atomic<std::uint64_t> unexpected{0};  // elements of an unexpected JSON type: NULL
  std::atomic<std::uint64_t> skipped{0};     // records left out because of an error
};

// Reads records one after the other. Resources of other types give no rows, nor do entries of a Bundle that bring none.
class ViewReader {
 public:
  // `view` and `counts` outlive the reader.
  ViewReader(const fhir::View& view, const ViewReadSettings& settings, ViewCounts& counts);

  // Evaluates one record of `file` and returns its rows, which live until the next Read, as long as the record.
  // Throws invalid_input with file and line: PL-0830 for what is no resource, PL-0831 for one that the view cannot be
  // evaluated over, PL-0832 for an element of an unexpected type; unless errors are skipped.
  std::uint64_t Read(const InputFile& file, const Record& record);
  // Writes one of those rows.
  void WriteRow(std::uint64_t row, duck::ChunkWriter& writer, std::uint64_t target_row) const {
    evaluator_.WriteRow(0, row, writer, target_row, 0);
  }

 private:
  std::string_view Evaluate(const Record& record, bool& is_wanted);
  void GiveId(const Record& record);

  const fhir::View& view_;
  ViewReadSettings settings_;
  ViewCounts& counts_;
  fhir::JsonTape tape_;
  fhir::ViewEvaluator evaluator_;
};

}  // namespace pluginlake::sources
