// Owns the chunk and the writer of its vectors.
#include "pluginlake/duck/built_chunk.h"

#include <optional>
#include <vector>

#include "pluginlake/duck/result_impl.h"
#include "pluginlake/duck/type_name.h"
#include "pluginlake/duck/vector_writer.h"

namespace pluginlake::duck {

struct BuiltChunk::Impl {
  Chunk::Impl rows;
  Chunk chunk{&rows};
  std::optional<VectorWriter> writer;
};

BuiltChunk::BuiltChunk(std::span<const Column> columns) : impl_(std::make_unique<Impl>()) {
  std::vector<RawLogicalType> types;
  std::vector<duckdb_logical_type> raw_types;
  for (const Column& column : columns) {
    types.push_back(MakeLogicalType(column.type));
    raw_types.push_back(types.back().get());
  }
  impl_->rows.raw = RawChunk(duckdb_create_data_chunk(raw_types.data(), raw_types.size()));
  impl_->writer.emplace(impl_->rows.raw.get());
}

BuiltChunk::~BuiltChunk() = default;

ChunkWriter& BuiltChunk::writer() { return *impl_->writer; }

const Chunk& BuiltChunk::Finish(std::uint64_t row_count) {
  duckdb_data_chunk_set_size(impl_->rows.raw.get(), row_count);
  impl_->rows.row_count = row_count;
  return impl_->chunk;
}

void BuiltChunk::Reset() {
  duckdb_data_chunk_reset(impl_->rows.raw.get());
  impl_->writer.emplace(impl_->rows.raw.get());
}

}  // namespace pluginlake::duck
