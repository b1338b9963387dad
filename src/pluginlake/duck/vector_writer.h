// Writes into DuckDB's vectors. Private to duck/.
#pragma once

#include <memory>
#include <vector>

#include "pluginlake/duck/chunk_writer.h"
#include "pluginlake/duck/raw.h"

namespace pluginlake::duck {

// For one filling of a chunk: made anew after the chunk was handed over or reset.
class VectorWriter final : public ChunkWriter {
 public:
  explicit VectorWriter(duckdb_data_chunk chunk);

  std::uint64_t capacity() const override { return duckdb_vector_size(); }
  void SetNull(std::uint64_t column, std::uint64_t row) override;
  void SetBool(std::uint64_t column, std::uint64_t row, bool value) override {
    static_cast<bool*>(targets_[column].data)[row] = value;
  }
  void SetInt64(std::uint64_t column, std::uint64_t row, std::int64_t value) override;
  void SetDouble(std::uint64_t column, std::uint64_t row, double value) override {
    static_cast<double*>(targets_[column].data)[row] = value;
  }
  void SetText(std::uint64_t column, std::uint64_t row, std::string_view value) override;
  std::uint64_t AppendList(std::uint64_t column, std::uint64_t row, std::uint64_t count) override;
  ChunkWriter& Nested(std::uint64_t column) override { return *targets_[column].nested; }

 private:
  struct Target {
    duckdb_vector vector = nullptr;
    void* data = nullptr;
    std::uint64_t* validity = nullptr;  // set at the first NULL
    duckdb_type type = DUCKDB_TYPE_INVALID;
    std::uint8_t bytes = 8;      // of an integer
    std::uint64_t elements = 0;  // of a LIST, all rows
    std::uint64_t room = 0;
    char* text_room = nullptr;  // what is left of the vector's last block of text
    std::size_t text_left = 0;
    std::unique_ptr<VectorWriter> nested;
  };

  VectorWriter() = default;
  void AddTarget(duckdb_vector vector);
  void AddNested(Target& target);
  void Rebind();
  static char* TakeRoom(Target& target, std::uint64_t row, std::size_t bytes);

  std::vector<Target> targets_;
};

}  // namespace pluginlake::duck
