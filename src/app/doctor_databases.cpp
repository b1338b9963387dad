// Looks at the databases of a station without changing them.
#include <fmt/format.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <memory>

#include "app/doctor_checks.h"
#include "pluginlake/core/settings_table.h"

namespace pluginlake::app {
namespace {

struct CloseSqlite {
  void operator()(sqlite3* database) const { sqlite3_close(database); }
};
struct ClosePostgres {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using Sqlite = std::unique_ptr<sqlite3, CloseSqlite>;
using Postgres = std::unique_ptr<PGconn, ClosePostgres>;

// Returns the first value of a PRAGMA, or what SQLite says is wrong.
std::string AskSqlite(sqlite3* database, const char* pragma) {
  sqlite3_stmt* statement = nullptr;
  std::string answer;
  if (sqlite3_prepare_v2(database, pragma, -1, &statement, nullptr) == SQLITE_OK &&
      sqlite3_step(statement) == SQLITE_ROW) {
    answer = reinterpret_cast<const char*>(sqlite3_column_text(statement, 0));
  } else {
    answer = sqlite3_errmsg(database);
  }
  sqlite3_finalize(statement);
  return answer;
}

// Turns the timeout of a setting into libpq's seconds.
std::string Seconds(std::uint64_t timeout_ms) { return std::to_string(std::max<std::uint64_t>(2, timeout_ms / 1000)); }

// libpq's messages may span lines; the first says enough.
std::string FirstLine(const char* text) {
  std::string line(text);
  return line.substr(0, line.find('\n'));
}

}  // namespace

DoctorCheck CheckSqliteFile(const std::string& name, const std::string& path, bool wants_wal) {
  DoctorCheck check{.name = name, .ok = false, .fix = "Restore the station from a backup into a new folder."};
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) {
    check.message = fmt::format("missing: {}", path);
    return check;
  }
  sqlite3* raw = nullptr;
  int opened = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READONLY, nullptr);
  Sqlite database(raw);
  if (opened != SQLITE_OK) {
    check.message = fmt::format("cannot be opened: {} ({})", path, sqlite3_errstr(opened));
    check.fix = "Give the station's user the right to read it.";
    return check;
  }
  constexpr int kWaitMs = 2000;
  sqlite3_busy_timeout(raw, kWaitMs);
  std::string whole = AskSqlite(raw, "PRAGMA quick_check(1)");
  std::string journal = AskSqlite(raw, "PRAGMA journal_mode");
  if (whole != "ok") {
    check.message = fmt::format("damaged: {}", whole);
    return check;
  }
  check.ok = !wants_wal || journal == "wal";
  check.message = fmt::format("whole, journal mode {}", journal);
  check.fix = check.ok ? "" : fmt::format("With no verb running: sqlite3 {} 'PRAGMA journal_mode=WAL'", path);
  return check;
}

DoctorCheck CheckPostgres(const std::string& name, const std::string& url, std::uint64_t timeout_ms) {
  DoctorCheck check{.name = name, .ok = false};
  std::string seconds = Seconds(timeout_ms);
  const char* names[] = {"dbname", "connect_timeout", nullptr};
  const char* values[] = {url.c_str(), seconds.c_str(), nullptr};
  Postgres connection(PQconnectdbParams(names, values, 1));
  if (PQstatus(connection.get()) != CONNECTION_OK) {
    check.message = fmt::format("not reachable: {}", FirstLine(PQerrorMessage(connection.get())));
    check.fix = "Start the server, or mend station.catalog or postgres.* (pluginlake config show --origin).";
    return check;
  }
  constexpr int kVersionMin = 150'000;
  constexpr int kMajor = 10'000;
  int version = PQserverVersion(connection.get());
  check.ok = version >= kVersionMin;
  check.message = fmt::format("PostgreSQL {}.{} at {}", version / kMajor, version % kMajor, core::WithoutPassword(url));
  check.fix = check.ok ? "" : "Use PostgreSQL 15 or newer.";
  return check;
}

}  // namespace pluginlake::app
