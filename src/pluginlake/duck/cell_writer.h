// Writes any cell of a result as text or as JSON, digit for digit, whatever its type.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "pluginlake/duck/connection.h"

namespace pluginlake::duck {

// Reads the types of a result once and then writes cells of its chunks. Text is as DuckDB's CAST to VARCHAR spells it
// (timestamps in UTC), except BLOB (hex digits) and nested values (JSON). JSON: numbers and booleans bare, JSON columns
// as they are but on one line, lists as arrays, structs and maps as objects, the rest as strings. Not thread-safe.
class CellWriter {
 public:
  // Throws invalid_input (PL-0316) for a column whose type cannot be written: VARIANT, GEOMETRY, BIGNUM.
  explicit CellWriter(const Result& result);
  // The same for chunks that our own code built with these columns.
  explicit CellWriter(std::span<const Column> columns);
  ~CellWriter();

  // Must be called for each chunk before its cells are written.
  void Bind(const Chunk& chunk);
  // Appends the cell; a NULL appends nothing.
  void AppendText(std::string& out, std::uint64_t column, std::uint64_t row) const;
  // Appends the cell; a NULL appends null.
  void AppendJson(std::string& out, std::uint64_t column, std::uint64_t row) const;
  bool IsNull(std::uint64_t column, std::uint64_t row) const;
  // Says whether people expect the column's cells at the right: numbers.
  bool IsNumber(std::uint64_t column) const;

  struct Node;

 private:
  std::unique_ptr<Node[]> columns_;
  std::uint64_t column_count_ = 0;
};

// Appends `text` as a JSON string with its quotes.
void AppendJsonString(std::string& out, std::string_view text);

}  // namespace pluginlake::duck
