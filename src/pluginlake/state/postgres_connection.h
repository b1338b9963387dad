// One connection to a PostgreSQL server: statements with bound values, COPY in both directions, errors translated.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/state/handle.h"
#include "pluginlake/state/sql_database.h"

struct pg_conn;
struct pg_result;
extern "C" void PQfinish(pg_conn*);
extern "C" void PQclear(pg_result*);

namespace pluginlake::state {

// Where the server is and how long to wait for it.
struct PostgresSettings {
  std::string url;                        // may hold a secret
  std::string session_script;             // run on each new session (search path)
  std::uint32_t connect_ms_max = 10'000;  // whole seconds are used, at least 2
  std::uint32_t busy_ms_max = 10'000;     // the longest wait for a lock
};

// Not thread-safe. A lost connection is opened anew before the next statement outside a transaction.
class PostgresConnection {
 public:
  // Throws unavailable (PL-0503, names host and port), denied (PL-0509), not_found (PL-0511: no such database).
  explicit PostgresConnection(const PostgresSettings& settings);

  std::vector<SqlRow> Run(std::string_view statement, std::span<const SqlValue> values);
  void RunScript(std::string_view script);
  // Never throws: what cannot be rolled back is gone with the connection.
  void Rollback() noexcept;

  // Runs a COPY … TO STDOUT and hands on each piece of what it gives.
  void CopyToStdout(const std::string& statement, const std::function<void(std::string_view)>& take);
  // Runs a COPY … FROM STDIN with what `give` returns until it returns nothing.
  void CopyFromStdin(const std::string& statement, const std::function<std::string_view()>& give);

 private:
  using ResultHandle = Handle<pg_result, PQclear>;
  void Connect();
  void EnsureAlive();
  ResultHandle Checked(pg_result* raw) const;
  [[noreturn]] void Throw(const pg_result* result) const;

  PostgresSettings settings_;
  std::string place_;
  Handle<pg_conn, PQfinish> connection_;
};

// Returns `name` as a quoted SQL identifier.
std::string QuoteName(std::string_view name);
// Returns `text` as a quoted SQL literal (for statements that bind nothing: DDL, COPY).
std::string QuoteText(std::string_view text);

}  // namespace pluginlake::state
