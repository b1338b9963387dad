// What a Result and its chunks hold. Private to duck/.
#pragma once

#include <string>
#include <vector>

#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/raw.h"

namespace pluginlake::duck {

// Returns DuckDB's name of a type; of lists, structs and the like only the kind.
std::string NameOfType(duckdb_logical_type type);

// One column of the chunk at hand.
struct ColumnView {
  duckdb_type type = DUCKDB_TYPE_INVALID;
  const void* data = nullptr;
  std::uint64_t* validity = nullptr;  // null = no NULLs
  std::uint8_t decimal_scale = 0;
  duckdb_type internal_type = DUCKDB_TYPE_INVALID;  // of DECIMAL and ENUM
};

struct Chunk::Impl {
  RawChunk raw;
  std::uint64_t row_count = 0;
  std::vector<ColumnView> columns;
};

struct Result::Impl {
  duckdb_result raw{};
  std::vector<Column> columns;
  Chunk::Impl chunk;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() { duckdb_destroy_result(&raw); }

  // Throws what DuckDB refused, else reads the columns' names and types.
  void TakeOutcome(duckdb_state state);
};

}  // namespace pluginlake::duck
