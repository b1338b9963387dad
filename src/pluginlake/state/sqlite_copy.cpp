// Copies a SQLite file with the online backup API, so that others may go on writing to it.
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "pluginlake/core/error.h"
#include "pluginlake/state/sqlite_database.h"
#include "pluginlake/state/sqlite_error.h"

namespace pluginlake::state {
namespace {

using BackupHandle = Handle<sqlite3_backup, sqlite3_backup_finish>;

constexpr int kBusyMillisMax = 10'000;

SqliteHandle OpenFile(const std::string& path, int flags) {
  SqliteHandle connection;
  int code = sqlite3_open_v2(path.c_str(), connection.out(), flags | SQLITE_OPEN_NOMUTEX, nullptr);
  if (code != SQLITE_OK) {
    ThrowSqliteError(code, path, sqlite3_errstr(code));
  }
  sqlite3_extended_result_codes(connection.get(), 1);
  sqlite3_busy_timeout(connection.get(), kBusyMillisMax);
  return connection;
}

void RunOn(sqlite3* connection, const std::string& path, const char* script) {
  int code = sqlite3_exec(connection, script, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) {
    ThrowSqliteError(code, path, sqlite3_errmsg(connection));
  }
}

// Copies all pages in one step: one read transaction, hence one moment.
void CopyPages(sqlite3* source, const std::string& source_path, sqlite3* target, const std::string& target_path) {
  BackupHandle backup(sqlite3_backup_init(target, "main", source, "main"));
  if (!backup) {
    ThrowSqliteError(sqlite3_extended_errcode(target), target_path, sqlite3_errmsg(target));
  }
  int code = sqlite3_backup_step(backup.get(), -1);
  for (int waited_ms = 0; (code == SQLITE_BUSY || code == SQLITE_LOCKED) && waited_ms < kBusyMillisMax;
       waited_ms += 50) {
    sqlite3_sleep(50);
    code = sqlite3_backup_step(backup.get(), -1);
  }
  if (code != SQLITE_DONE) {
    bool of_target = (code & 0xff) == SQLITE_FULL || (code & 0xff) == SQLITE_IOERR;
    ThrowSqliteError(code, of_target ? target_path : source_path, sqlite3_errstr(code));
  }
}

void SyncPath(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor >= 0) {
    ::fsync(descriptor);
    ::close(descriptor);
  }
}

void MoveIntoPlace(const std::string& part, const std::string& target) {
  SyncPath(part);
  std::filesystem::rename(part, target);
  SyncPath(std::filesystem::path(target).parent_path().string());
}

}  // namespace

void CopySqliteFile(const std::string& source_path, const std::string& target_path) {
  if (!std::filesystem::exists(source_path)) {
    throw core::Error(core::ErrorKind::kNotFound, "PL-0511", "There is no file " + source_path + ".",
                      "Check the station's folder.");
  }
  std::string part = target_path + ".part";
  std::filesystem::remove(part);
  int descriptor = ::open(part.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
  }
  {
    // Read-only: closing it can then never fold the log into the file and remove it under a writer.
    SqliteHandle source = OpenFile(source_path, SQLITE_OPEN_READONLY);
    SqliteHandle target = OpenFile(part, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    CopyPages(source.get(), source_path, target.get(), part);
    RunOn(target.get(), part, "PRAGMA journal_mode = DELETE");
  }
  MoveIntoPlace(part, target_path);
}

}  // namespace pluginlake::state
