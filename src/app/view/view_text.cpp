// Threads take blocks, spell their rows, and wait for their turn to hand them over.
#include "app/view/view_text.h"

#include <condition_variable>
#include <mutex>
#include <numeric>
#include <thread>
#include <utility>

#include "app/output/row_text.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/duck/built_chunk.h"
#include "pluginlake/duck/cell_writer.h"
#include "pluginlake/fhir/view.h"
#include "pluginlake/sources/first_error.h"
#include "pluginlake/sources/ordered_input.h"

namespace pluginlake::app {
namespace {

constexpr std::size_t kTextBytesHeld = std::size_t{1} << 20;  // of a block whose turn has not come

std::vector<duck::Column> ColumnsOf(const fhir::View& view) {
  std::vector<duck::Column> columns;
  for (std::size_t i = 0; i < view.columns().size(); ++i) {
    columns.push_back({view.columns()[i].name, view.json_types()[i]});
  }
  return columns;
}

// Lets the texts of blocks out in the blocks' order. Thread-safe.
class OrderedSink {
 public:
  OrderedSink(const RowText& text, const TextSink& sink) : text_(text), sink_(sink) {}

  // Hands over a piece of rows of block `number`; waits until all blocks before it are done. `is_last`: the block has
  // no more. Returns false when another thread failed meanwhile.
  bool Put(std::uint64_t number, std::string& piece, bool is_last) {
    std::unique_lock lock(mutex_);
    turn_changed_.wait(lock, [&] { return next_ == number || stopped_; });
    if (stopped_) {
      return false;
    }
    if (!piece.empty()) {
      if (std::exchange(has_rows_, true)) {
        piece.insert(0, text_.Between());
      }
      sink_(piece);
      piece.clear();
    }
    if (is_last) {
      ++next_;
      turn_changed_.notify_all();
    }
    return true;
  }
  void Stop() {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    turn_changed_.notify_all();
  }
  bool has_rows() const { return has_rows_; }

 private:
  const RowText& text_;
  const TextSink& sink_;
  std::mutex mutex_;
  std::condition_variable turn_changed_;
  std::uint64_t next_ = 0;
  bool has_rows_ = false;
  bool stopped_ = false;
};

// Fills chunks with the rows of records, and passes full ones on.
class ChunkFiller {
 public:
  ChunkFiller(const sources::ViewRun& run, std::span<const duck::Column> columns)
      : run_(run), reader_(run.view, run.reading, run.counts), chunk_(columns), cells_(columns) {}

  template <typename Pass>
  void Fill(const sources::RecordBlock& block, std::uint32_t file, Pass pass) {
    for (const sources::Record& record : block.records()) {
      const std::uint64_t rows = reader_.Read(run_.files[file], record);
      for (std::uint64_t row = 0; row < rows; ++row) {
        reader_.WriteRow(row, chunk_.writer(), filled_++);
        if (filled_ == chunk_.writer().capacity()) {
          Flush(pass);
        }
      }
    }
    Flush(pass);
  }
  const duck::CellWriter& cells() const { return cells_; }

 private:
  template <typename Pass>
  void Flush(Pass pass) {
    if (filled_ > 0) {
      cells_.Bind(chunk_.Finish(filled_));
      pass(cells_, filled_);
      chunk_.Reset();
      filled_ = 0;
    }
  }

  const sources::ViewRun& run_;
  sources::ViewReader reader_;
  duck::BuiltChunk chunk_;
  duck::CellWriter cells_;
  std::uint64_t filled_ = 0;
};

// What the threads of one run share.
struct SharedRun {
  const sources::ViewRun& run;
  std::vector<duck::Column> columns = ColumnsOf(run.view);
  sources::OrderedInput input{run.files, run.records};
  std::uint64_t bytes_total =
      std::accumulate(run.files.begin(), run.files.end(), std::uint64_t{0},
                      [](std::uint64_t sum, const sources::InputFile& file) { return sum + file.bytes; });

  bool Next(sources::RecordBlock& block, sources::BlockPlace& place) {
    if (run.cancellation.is_requested()) {
      throw core::Interrupted{};
    }
    run.progress.Report({.phase = "reading", .done = input.bytes_read(), .total = bytes_total, .unit = "bytes"});
    return input.Next(block, place);
  }
};

void RunLane(SharedRun& shared, const RowText& text, OrderedSink& sink) {
  ChunkFiller filler(shared.run, shared.columns);
  sources::RecordBlock block;
  sources::BlockPlace place;
  std::string piece;
  while (shared.Next(block, place)) {
    bool goes_on = true;
    filler.Fill(block, place.file, [&](const duck::CellWriter& cells, std::uint64_t rows) {
      piece += piece.empty() ? "" : text.Between();
      text.AppendRows(piece, cells, rows);
      if (piece.size() > kTextBytesHeld) {
        goes_on = goes_on && sink.Put(place.number, piece, false);
        piece.clear();
      }
    });
    if (!goes_on || !sink.Put(place.number, piece, true)) {
      return;
    }
  }
}

// A table is for people: one thread is enough, and its layout depends on the rows before.
RowsWritten WriteTable(SharedRun& shared, const ViewTextSettings& settings, const TextSink& sink) {
  ChunkFiller filler(shared.run, shared.columns);
  const std::unique_ptr<RowWriter> writer =
      MakeRowWriter(RowFormat::kTable, {shared.columns, filler.cells()}, settings.style, sink);
  sources::RecordBlock block;
  sources::BlockPlace place;
  RowsWritten written;
  while (shared.Next(block, place)) {
    filler.Fill(block, place.file, [&](const duck::CellWriter& cells, std::uint64_t rows) {
      writer->Write(cells, rows);
      written.rows += rows;
    });
  }
  writer->Finish();
  written.remark = writer->Remark();
  return written;
}

}  // namespace

RowsWritten WriteViewText(const sources::ViewRun& run, const ViewTextSettings& settings, const TextSink& sink) {
  SharedRun shared{.run = run};
  if (settings.format == RowFormat::kTable) {
    return WriteTable(shared, settings, sink);
  }
  const std::unique_ptr<RowText> text = MakeRowText(settings.format, shared.columns);
  OrderedSink ordered(*text, sink);
  sources::FirstError first_error;
  const auto run_lane = [&] {
    try {
      RunLane(shared, *text, ordered);
    } catch (...) {  // carried over to the thread that waits; thrown on below
      first_error.Keep(std::current_exception());
      ordered.Stop();
    }
  };
  const std::string head = text->Head();
  if (!head.empty()) {
    sink(head);
  }
  {
    std::vector<std::jthread> others;
    for (std::uint32_t i = 1; i < settings.threads; ++i) {
      others.emplace_back(run_lane);
    }
    run_lane();
  }
  first_error.Rethrow();
  const std::string foot = text->Foot(ordered.has_rows());
  if (!foot.empty()) {
    sink(foot);
  }
  return {};
}

}  // namespace pluginlake::app
