// Cuts one file into records, pulled block by block from several threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>

#include "pluginlake/sources/input_path.h"
#include "pluginlake/sources/record_block.h"
#include "pluginlake/sources/record_limits.h"

namespace pluginlake::sources {

class ByteStream;
class RecordCutter;

// Memory: one block a caller, one block and one record of its own, whatever the file's size.
class RecordSource {
 public:
  // Opens `file`. Throws conflict (PL-0804) when it is no longer the file that was found, unavailable (PL-0805) when it
  // cannot be opened or read.
  RecordSource(const InputFile& file, const RecordLimits& limits);
  ~RecordSource();

  // Fills `block` with the next whole records, in file order; false at the end, when `block` is empty. Thread-safe:
  // reads and cuts under a mutex. Broken pieces come as records with a fault. Throws conflict (PL-0804) at the end when
  // the file changed while it was read.
  bool Next(RecordBlock& block);

  // Packed bytes read so far, for progress. Thread-safe.
  std::uint64_t bytes_read() const { return bytes_read_.load(std::memory_order_relaxed); }

 private:
  struct OpenFile;

  RecordLimits limits_;
  std::mutex mutex_;
  std::unique_ptr<OpenFile> file_;
  std::unique_ptr<ByteStream> stream_;
  std::unique_ptr<RecordCutter> cutter_;
  std::uint64_t next_ordinal_ = 0;
  bool finished_ = false;
  std::atomic<std::uint64_t> bytes_read_{0};
};

}  // namespace pluginlake::sources
