// A connection and what it gives: results read chunk by chunk, prepared statements, transactions.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/duck/value.h"

namespace pluginlake::duck {

class Database;

// A column of a result: its name and DuckDB's name of its type ("BIGINT", "TIMESTAMP WITH TIME ZONE", "JSON").
struct Column {
  std::string name;
  std::string type;
};

// One chunk of a result (at most 2,048 rows). Views into it live until the next Fetch() or the Result's end.
class Chunk {
 public:
  std::uint64_t row_count() const;
  bool IsNull(std::uint64_t column, std::uint64_t row) const;
  // Typed reads; the column must have that physical type (checked by PL_CHECK when the chunk is fetched first).
  bool Bool(std::uint64_t column, std::uint64_t row) const;
  std::int64_t Int64(std::uint64_t column,
                     std::uint64_t row) const;                   // any integer type, DATE (days), TIMESTAMP* (micros)
  double Double(std::uint64_t column, std::uint64_t row) const;  // FLOAT, DOUBLE, DECIMAL
  std::string_view Text(std::uint64_t column, std::uint64_t row) const;    // VARCHAR, JSON, BLOB
  std::string TextOrEmpty(std::uint64_t column, std::uint64_t row) const;  // of a text that may be NULL
  struct Impl;
  explicit Chunk(Impl* impl) : impl_(impl) {}
  const Impl& impl() const { return *impl_; }

 private:
  Impl* impl_;  // owned by the Result
};

// A result, streamed when it came from Stream(). Not thread-safe.
class Result {
 public:
  ~Result();
  Result(Result&&) noexcept;
  Result& operator=(Result&&) noexcept;
  const std::vector<Column>& columns() const;
  // Returns the next chunk, nullopt at the end. Throws what DuckDB met (translated), Interrupted when interrupted.
  std::optional<Chunk> Fetch();
  // Fetches all rows that are left and returns their first column, a text that is never NULL.
  std::vector<std::string> Texts();
  // Returns rows changed by INSERT, UPDATE, DELETE.
  std::uint64_t rows_changed() const;
  struct Impl;
  explicit Result(std::unique_ptr<Impl> impl);
  Impl& impl() const { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// Everything DuckDB refuses comes out as core::Error: this room is the only translator.
class Connection {
 public:
  explicit Connection(Database& database);
  ~Connection();
  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;

  // Runs one statement with bound values ($1..$n) and materializes the result.
  Result Query(std::string_view sql, std::span<const Value> values = {});
  Result Query(std::string_view sql, std::initializer_list<Value> values) {
    return Query(sql, std::span<const Value>(values.begin(), values.size()));
  }
  // Returns the columns that a SELECT gives; nothing runs. Types of lists and structs are named by their kind alone.
  std::vector<Column> Describe(std::string_view select);
  // Runs one statement and streams the result.
  Result Stream(std::string_view sql, std::span<const Value> values = {});
  // Returns the first row's first column as integer or text; nullopt if there is no row or it is NULL.
  std::optional<std::int64_t> QueryInt64(std::string_view sql, std::initializer_list<Value> values = {});
  std::optional<std::string> QueryText(std::string_view sql, std::initializer_list<Value> values = {});
  // Runs a statement whose failure changes nothing for anyone: for clean-up in destructors, which may not throw.
  void QueryIgnoringErrors(std::string_view sql, std::span<const Value> values) noexcept;
  // Says whether `sql` is exactly one statement that only reads (SELECT, EXPLAIN, SHOW, DESCRIBE); throws
  // invalid_input with DuckDB's message if it cannot be parsed.
  bool IsSingleRead(std::string_view sql);
  // Stops what runs on this connection; callable from any thread.
  void Interrupt();

  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  Result QueryUnprepared(std::string_view sql);

  std::unique_ptr<Impl> impl_;
};

// Rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void Commit();

 private:
  Connection& connection_;
  bool open_ = true;
};

}  // namespace pluginlake::duck
