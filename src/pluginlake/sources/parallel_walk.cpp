// Runs the lanes of an InputCursor on threads.
#include "pluginlake/sources/parallel_walk.h"

#include <exception>
#include <numeric>
#include <thread>

#include "pluginlake/sources/first_error.h"
#include "pluginlake/sources/input_cursor.h"

namespace pluginlake::sources {
namespace {

std::uint64_t BytesOf(const Batch& batch, const Walk& walk) {
  std::uint64_t bytes = 0;
  for (std::size_t file = 0; file < batch.input.files.size(); ++file) {
    if (walk.only.empty() || walk.only[file]) {
      bytes += batch.input.files[file].bytes;
    }
  }
  return bytes;
}

}  // namespace

void WalkRecords(Batch& batch, const Walk& walk, const std::function<std::unique_ptr<RecordVisitor>()>& make_visitor) {
  InputCursor cursor(batch.input.files, batch.settings.records, walk.only);
  const std::uint64_t bytes_total = BytesOf(batch, walk);
  FirstError first_error;
  auto run_lane = [&] {
    InputCursor::Lane lane(cursor);
    std::unique_ptr<RecordVisitor> visitor = make_visitor();
    RecordBlock block;
    std::uint32_t file = 0;
    while (!first_error.is_set() && lane.Next(block, file)) {
      batch.CheckCancelled();
      for (const Record& record : block.records()) {
        visitor->Visit(file, record);
      }
      batch.progress.Report({.phase = walk.phase, .done = cursor.bytes_read(), .total = bytes_total, .unit = "bytes"});
    }
  };
  auto run_guarded = [&] {
    try {
      run_lane();
    } catch (...) {  // carried over to the thread that waits; thrown on below
      first_error.Keep(std::current_exception());
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::uint32_t i = 1; i < batch.settings.threads; ++i) {
      threads.emplace_back(run_guarded);
    }
    run_guarded();
  }
  first_error.Rethrow();
}

}  // namespace pluginlake::sources
