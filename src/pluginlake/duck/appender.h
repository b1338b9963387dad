// Appends rows to a table, column by column, without SQL text.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "pluginlake/duck/chunk_writer.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::duck {

// Where an appender writes; an empty catalog is the instance's own memory database.
struct TableName {
  std::string catalog;
  std::string schema;
  std::string table;
};

// Not thread-safe. Rows are visible after Close(); a destroyed appender that was not closed drops what it held back.
class Appender {
 public:
  Appender(Connection& connection, const TableName& table);
  ~Appender();
  Appender(Appender&&) noexcept;
  Appender& operator=(Appender&&) noexcept;
  // Appends one row; `row` has one value a column, in the table's order.
  void AppendRow(std::span<const Value> row);
  void AppendRow(std::initializer_list<Value> row) { AppendRow(std::span<const Value>(row.begin(), row.size())); }
  void Close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// Appends whole chunks, written through the same interface as a source's. One a thread; the rest is as of Appender.
class ChunkAppender {
 public:
  ChunkAppender(Connection& connection, const TableName& table);
  ~ChunkAppender();
  ChunkAppender(ChunkAppender&&) noexcept;
  ChunkAppender& operator=(ChunkAppender&&) noexcept;

  // Returns where the next rows are written, at most its capacity(), in the table's columns; valid until Append.
  ChunkWriter& writer();
  // Hands over the first `row_count` rows, all of whose cells are written.
  void Append(std::uint64_t row_count);
  void Close();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pluginlake::duck
