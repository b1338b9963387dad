// Lets our own code be the rows of a FROM clause: DuckDB's threads pull chunks from a ChunkSource in parallel.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/duck/chunk_writer.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/value.h"

namespace pluginlake::duck {

// One thread's reader of a source.
class ChunkReader {
 public:
  virtual ~ChunkReader() = default;
  // Writes the next rows and returns how many; 0 = this reader is at its end. May throw core::Error.
  virtual std::uint64_t Read(ChunkWriter& writer) = 0;
};

// The rows of a FROM clause. Open() is called once a thread, from DuckDB's threads.
class ChunkSource {
 public:
  virtual ~ChunkSource() = default;
  virtual std::vector<Column> Columns() const = 0;
  virtual std::unique_ptr<ChunkReader> Open() = 0;
};

// Makes `source` readable in FROM clauses on the connection's database while this object lives; the source must outlive
// every query that reads it.
class SourceTable {
 public:
  SourceTable(Connection& connection, ChunkSource& source, std::uint32_t threads_max);
  ~SourceTable();
  SourceTable(const SourceTable&) = delete;
  SourceTable& operator=(const SourceTable&) = delete;

  // Returns the number that `FROM pluginlake_source($1)` binds to read this source.
  std::int64_t number() const;
  // Runs a statement that reads this source; an error thrown by a reader comes out as it was thrown.
  Result Run(Connection& connection, std::string_view sql, std::span<const Value> values);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pluginlake::duck
