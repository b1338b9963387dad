// Runs the store's statements on a SQLite file.
#include "pluginlake/state/sqlite_database.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sqlite3.h>
#include <unistd.h>

#include "pluginlake/state/sqlite_error.h"

namespace pluginlake::state {
namespace {

using StatementHandle = Handle<sqlite3_stmt, sqlite3_finalize>;

constexpr int kOpenFlags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;

// Makes the file with the rights it keeps: SQLite gives its log the same ones.
void MakePrivateFile(const std::string& path) {
  int descriptor = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) {
    ::close(descriptor);
  }
}

}  // namespace

SqliteDatabase::SqliteDatabase(const SqliteSettings& settings) : settings_(settings) {
  MakePrivateFile(settings_.path);
  int code = sqlite3_open_v2(settings_.path.c_str(), connection_.out(), kOpenFlags, nullptr);
  if (code != SQLITE_OK) {
    ThrowSqliteError(code, settings_.path, sqlite3_errstr(code));
  }
  sqlite3_extended_result_codes(connection_.get(), 1);
  sqlite3_busy_timeout(connection_.get(), static_cast<int>(settings_.busy_ms_max));
  RunScript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
}

void SqliteDatabase::Throw(int code) const {
  ThrowSqliteError(code, settings_.path, sqlite3_errmsg(connection_.get()));
}

void SqliteDatabase::Check(int code) const {
  if (code != SQLITE_OK) {
    Throw(code);
  }
}

void SqliteDatabase::Bind(sqlite3_stmt* statement, std::span<const SqlValue> values) const {
  for (std::size_t index = 0; index < values.size(); ++index) {
    // SQLite numbers $1, $2 by first appearance, so they are found by name.
    int place = sqlite3_bind_parameter_index(statement, fmt::format("${}", index + 1).c_str());
    if (const auto* number = std::get_if<std::int64_t>(&values[index])) {
      Check(sqlite3_bind_int64(statement, place, *number));
    } else if (const auto* text = std::get_if<std::string>(&values[index])) {
      Check(sqlite3_bind_text64(statement, place, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8));
    } else {
      Check(sqlite3_bind_null(statement, place));
    }
  }
}

SqlRow SqliteDatabase::ReadRow(sqlite3_stmt* statement) const {
  SqlRow row;
  for (int column = 0; column < sqlite3_column_count(statement); ++column) {
    switch (sqlite3_column_type(statement, column)) {
      case SQLITE_NULL:
        row.emplace_back();
        break;
      case SQLITE_INTEGER:
        row.emplace_back(std::int64_t{sqlite3_column_int64(statement, column)});
        break;
      default: {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement, column));
        row.emplace_back(std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(statement, column))));
      }
    }
  }
  return row;
}

std::vector<SqlRow> SqliteDatabase::Run(std::string_view statement, std::span<const SqlValue> values) {
  StatementHandle prepared;
  Check(sqlite3_prepare_v2(connection_.get(), statement.data(), static_cast<int>(statement.size()), prepared.out(),
                           nullptr));
  Bind(prepared.get(), values);
  std::vector<SqlRow> rows;
  int code = sqlite3_step(prepared.get());
  for (; code == SQLITE_ROW; code = sqlite3_step(prepared.get())) {
    rows.push_back(ReadRow(prepared.get()));
  }
  if (code != SQLITE_DONE) {
    Throw(code);
  }
  return rows;
}

void SqliteDatabase::RunScript(std::string_view script) {
  Check(sqlite3_exec(connection_.get(), std::string(script).c_str(), nullptr, nullptr, nullptr));
}

void SqliteDatabase::Begin() { RunScript("BEGIN IMMEDIATE"); }

void SqliteDatabase::Commit() { RunScript("COMMIT"); }

void SqliteDatabase::Rollback() noexcept { sqlite3_exec(connection_.get(), "ROLLBACK", nullptr, nullptr, nullptr); }

void SqliteDatabase::Vacuum() { RunScript("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);"); }

void VacuumSqliteFile(const std::string& path) { SqliteDatabase({.path = path}).Vacuum(); }

std::string SqliteDatabase::CopyBeforeMigration(std::int64_t number) {
  std::string copy = fmt::format("{}.before-{:04}", settings_.path, number);
  CopySqliteFile(settings_.path, copy);
  return copy;
}

}  // namespace pluginlake::state
