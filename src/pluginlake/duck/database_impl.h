// What a Database holds: the instance, and the sources that FROM clauses may name. Private to duck/.
#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <mutex>

#include "pluginlake/duck/database.h"
#include "pluginlake/duck/raw.h"
#include "pluginlake/duck/source_table.h"

namespace pluginlake::duck {

// A source while it may be read, and the first error that one of its readers threw.
struct OpenSource {
  ChunkSource* source = nullptr;
  std::uint32_t threads_max = 1;
  std::mutex mutex;
  std::exception_ptr error;
};

// The numbered sources of one database, for pluginlake_source(number).
class OpenSources {
 public:
  // shared_ptr: DuckDB may hold a bound plan for a moment longer than the SourceTable lives.
  std::int64_t Add(std::shared_ptr<OpenSource> source);
  void Remove(std::int64_t number);
  std::shared_ptr<OpenSource> Find(std::int64_t number);

 private:
  std::mutex mutex_;
  std::int64_t last_ = 0;
  std::map<std::int64_t, std::shared_ptr<OpenSource>> open_;
};

struct Database::Impl {
  RawDatabase raw;
  OpenSources sources;
};

// Registers pluginlake_source(BIGINT) once in a database.
void RegisterSourceFunction(duckdb_connection connection, OpenSources& sources);

}  // namespace pluginlake::duck
