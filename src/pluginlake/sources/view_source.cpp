// Pulls blocks, evaluates records, fills chunks.
#include "pluginlake/sources/view_source.h"

#include <numeric>
#include <thread>

#include "pluginlake/core/cancel.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/fhir/view.h"
#include "pluginlake/sources/first_error.h"
#include "pluginlake/sources/ordered_input.h"

namespace pluginlake::sources {

namespace {

void CheckCancelled(const ViewRun& run) {
  if (run.cancellation.is_requested()) {
    throw core::Interrupted{};
  }
}

}  // namespace

// One thread's place: a block, a record in it, a row of its rows.
class ViewSource::Reader final : public duck::ChunkReader {
 public:
  explicit Reader(ViewSource& source)
      : source_(source), lane_(source.cursor_), reader_(source.run_.view, source.run_.reading, source.run_.counts) {}

  std::uint64_t Read(duck::ChunkWriter& writer) override {
    std::uint64_t filled = 0;
    while (filled < writer.capacity()) {
      if (next_row_ < row_count_) {
        reader_.WriteRow(next_row_++, writer, filled++);
      } else if (next_record_ < block_.records().size()) {
        row_count_ = reader_.Read(source_.run_.files[file_], block_.records()[next_record_++]);
        next_row_ = 0;
      } else if (!TakeBlock()) {
        break;
      }
    }
    return filled;
  }

 private:
  bool TakeBlock() {
    const ViewRun& run = source_.run_;
    CheckCancelled(run);
    if (!lane_.Next(block_, file_)) {
      return false;
    }
    next_record_ = 0;
    run.progress.Report(
        {.phase = "reading", .done = source_.cursor_.bytes_read(), .total = source_.bytes_total_, .unit = "bytes"});
    return true;
  }

  ViewSource& source_;
  InputCursor::Lane lane_;
  ViewReader reader_;
  RecordBlock block_;
  std::uint32_t file_ = 0;
  std::size_t next_record_ = 0;
  std::uint64_t row_count_ = 0;
  std::uint64_t next_row_ = 0;
};

ViewSource::ViewSource(const ViewRun& run)
    : run_(run),
      cursor_(run.files, run.records, {}),
      bytes_total_(std::accumulate(run.files.begin(), run.files.end(), std::uint64_t{0},
                                   [](std::uint64_t sum, const InputFile& file) { return sum + file.bytes; })) {}

std::vector<duck::Column> ViewSource::Columns() const {
  std::vector<duck::Column> columns;
  for (const fhir::ViewColumn& column : run_.view.columns()) {
    columns.push_back({column.name, column.type});
  }
  return columns;
}

std::unique_ptr<duck::ChunkReader> ViewSource::Open() { return std::make_unique<Reader>(*this); }

void CheckBeginning(const ViewRun& run, std::uint64_t bytes_max, std::uint32_t threads) {
  OrderedInput input(run.files, run.records);
  ViewCounts ignored;
  FirstError first_error;
  const auto check = [&] {
    try {
      ViewReader reader(run.view, run.reading, ignored);
      RecordBlock block;
      BlockPlace place;
      while (!first_error.is_set() && input.record_bytes() < bytes_max && input.Next(block, place)) {
        CheckCancelled(run);
        for (const Record& record : block.records()) {
          reader.Read(run.files[place.file], record);
        }
      }
    } catch (...) {  // carried over to the thread that waits; thrown on below
      first_error.Keep(std::current_exception());
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::uint32_t i = 1; i < threads; ++i) {
      others.emplace_back(check);
    }
    check();
  }
  first_error.Rethrow();
}

}  // namespace pluginlake::sources
