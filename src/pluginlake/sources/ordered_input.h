// Hands the blocks of many files to many threads in the order of the input, each with its number.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <span>

#include "pluginlake/sources/input_path.h"
#include "pluginlake/sources/record_block.h"
#include "pluginlake/sources/record_limits.h"

namespace pluginlake::sources {

class RecordSource;

// Where a block stands in the input.
struct BlockPlace {
  std::uint64_t number = 0;  // from 0, without gaps
  std::uint32_t file = 0;
};

// Reads every readable file of `files` once, one after the other. Thread-safe. InputCursor is faster over many packed
// files, but keeps no order.
class OrderedInput {
 public:
  OrderedInput(std::span<const InputFile> files, const RecordLimits& limits);
  ~OrderedInput();

  // Fills `block` and says where it stands; false when nothing is left.
  bool Next(RecordBlock& block, BlockPlace& place);
  // Packed bytes read of all files so far.
  std::uint64_t bytes_read() const;
  // Bytes of records handed out so far.
  std::uint64_t record_bytes() const;

 private:
  std::span<const InputFile> files_;
  RecordLimits limits_;
  mutable std::mutex mutex_;
  std::unique_ptr<RecordSource> source_;
  std::size_t next_file_ = 0;
  std::uint64_t next_number_ = 0;
  std::uint64_t bytes_finished_ = 0;
  std::uint64_t record_bytes_ = 0;
};

}  // namespace pluginlake::sources
