// A chunk of rows that our own code fills and reads again, without a query.
#pragma once

#include <memory>
#include <span>

#include "pluginlake/duck/chunk_writer.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::duck {

// One a thread. Filled through writer(), read after Finish(), filled anew after Reset().
class BuiltChunk {
 public:
  // The types are those a ChunkSource may have.
  explicit BuiltChunk(std::span<const Column> columns);
  ~BuiltChunk();
  BuiltChunk(const BuiltChunk&) = delete;
  BuiltChunk& operator=(const BuiltChunk&) = delete;

  ChunkWriter& writer();
  // Says that the first `row_count` rows are written, and returns them.
  const Chunk& Finish(std::uint64_t row_count);
  void Reset();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pluginlake::duck
