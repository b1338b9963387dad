// The station's records in a SQLite file: write-ahead log, every commit synced.
#pragma once

#include <cstdint>
#include <string>

#include "pluginlake/state/handle.h"
#include "pluginlake/state/sql_database.h"

struct sqlite3;
struct sqlite3_stmt;
extern "C" int sqlite3_close_v2(sqlite3*);

namespace pluginlake::state {

using SqliteHandle = Handle<sqlite3, sqlite3_close_v2>;

// Where the file is and how long to wait for another process's lock on it.
struct SqliteSettings {
  std::string path;
  std::uint32_t busy_ms_max = 10'000;
};

class SqliteDatabase final : public SqlDatabase {
 public:
  // Opens the file, or makes it readable by its owner only.
  explicit SqliteDatabase(const SqliteSettings& settings);

  std::vector<SqlRow> Run(std::string_view statement, std::span<const SqlValue> values) override;
  void RunScript(std::string_view script) override;
  void Begin() override;
  void Commit() override;
  void Rollback() noexcept override;
  void Vacuum() override;
  std::string CopyBeforeMigration(std::int64_t number) override;

  using SqlDatabase::Run;

 private:
  [[noreturn]] void Throw(int code) const;
  void Check(int code) const;
  void Bind(sqlite3_stmt* statement, std::span<const SqlValue> values) const;
  SqlRow ReadRow(sqlite3_stmt* statement) const;

  SqliteSettings settings_;
  SqliteHandle connection_;
};

// Writes the SQLite file anew without its free pages, and empties its write-ahead log, while others may have it open.
// Throws conflict (PL-0502) if somebody reads or writes it all the time. Never on a file that another SQLite library in
// this process has open.
void VacuumSqliteFile(const std::string& path);

// Writes a copy of the SQLite file `source_path` as of one moment to `target_path` (by rename, synced), while others
// may go on writing to it. Throws not_found if there is no source, internal if it is damaged, exhausted (disk full).
// The target is a plain file without a write-ahead log.
// Never on a file that another SQLite library in this process has open: its locks would be lost.
void CopySqliteFile(const std::string& source_path, const std::string& target_path);

}  // namespace pluginlake::state
