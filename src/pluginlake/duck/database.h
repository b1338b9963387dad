// One DuckDB instance in this process, with the extensions that a lake needs loaded from a folder.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::duck {

class Connection;

// How an instance is opened. Extensions are checked by SHA-256 at install, so their signatures are not checked again.
struct DatabaseSettings {
  std::string path = ":memory:";
  std::string extension_directory;      // holds <name>.duckdb_extension files
  std::vector<std::string> extensions;  // names to load, in order
  std::string temp_directory;           // where large work spills; empty = no spilling
  std::uint64_t temp_mb_max = 0;        // of temp_directory; 0 = what the disk has free
  std::uint64_t memory_mb_max = 1024;
  std::uint32_t threads = 2;
};

// Thread-safe; connections are not (one a thread). Destroyed after its connections.
class Database {
 public:
  // Throws unavailable (PL-0301) if an extension is missing, internal if DuckDB refuses the settings.
  explicit Database(const DatabaseSettings& settings);
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  Connection Connect();
  struct Impl;
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// Returns DuckDB's version, "v1.5.5".
std::string LibraryVersion();

// Returns `name` as a quoted SQL identifier, and `text` as a quoted SQL literal (for statements that bind nothing,
// such as ATTACH). Never for values that a parameter can carry.
std::string QuoteIdentifier(std::string_view name);
std::string QuoteLiteral(std::string_view text);

}  // namespace pluginlake::duck
