// Talks to a PostgreSQL server through libpq.
#include "pluginlake/state/postgres_connection.h"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <array>

#include "pluginlake/core/error.h"
#include "pluginlake/state/postgres_error.h"
#include "pluginlake/state/postgres_url.h"

namespace pluginlake::state {
namespace {

constexpr Oid kBigintOid = 20;
constexpr Oid kTextOid = 25;
constexpr std::array<Oid, 3> kWholeNumberOids = {20, 21, 23};

void IgnoreNotice(void*, const PGresult*) {}

SqlValue ReadValue(const PGresult* result, int row, int column) {
  if (PQgetisnull(result, row, column) == 1) {
    return {};
  }
  std::string text(PQgetvalue(result, row, column), static_cast<std::size_t>(PQgetlength(result, row, column)));
  if (std::ranges::find(kWholeNumberOids, PQftype(result, column)) != kWholeNumberOids.end()) {
    return std::int64_t{std::stoll(text)};
  }
  return text;
}

std::vector<SqlRow> ReadRows(const PGresult* result) {
  std::vector<SqlRow> rows(static_cast<std::size_t>(PQntuples(result)));
  for (int row = 0; row < PQntuples(result); ++row) {
    for (int column = 0; column < PQnfields(result); ++column) {
      rows[static_cast<std::size_t>(row)].push_back(ReadValue(result, row, column));
    }
  }
  return rows;
}

// The values of one statement in the form libpq wants them.
struct BoundValues {
  explicit BoundValues(std::span<const SqlValue> values) {
    texts.reserve(values.size());
    for (const SqlValue& value : values) {
      const auto* number = std::get_if<std::int64_t>(&value);
      const auto* text = std::get_if<std::string>(&value);
      texts.push_back(number != nullptr ? std::to_string(*number) : text != nullptr ? *text : std::string());
      types.push_back(number != nullptr ? kBigintOid : text != nullptr ? kTextOid : Oid{0});
      pointers.push_back(number == nullptr && text == nullptr ? nullptr : texts.back().c_str());
    }
  }
  std::vector<std::string> texts;
  std::vector<Oid> types;
  std::vector<const char*> pointers;
};

std::string Doubled(std::string_view text, char quote) {
  std::string quoted(1, quote);
  for (char letter : text) {
    quoted.append(letter == quote ? 2U : 1U, letter);
  }
  return quoted + quote;
}

}  // namespace

std::string QuoteName(std::string_view name) { return Doubled(name, '"'); }

std::string QuoteText(std::string_view text) { return Doubled(text, '\''); }

PostgresConnection::PostgresConnection(const PostgresSettings& settings)
    : settings_(settings), place_(PlaceOf(settings.url)) {
  Connect();
}

void PostgresConnection::Connect() {
  std::string seconds = std::to_string(std::max<std::uint32_t>(2, settings_.connect_ms_max / 1000));
  std::string dead_ms = std::to_string(std::max<std::uint32_t>(2000, settings_.connect_ms_max));
  std::array keywords = {"connect_timeout", "tcp_user_timeout", "application_name",
                         "dbname",          "client_encoding",  static_cast<const char*>(nullptr)};
  std::array values = {seconds.c_str(),       dead_ms.c_str(), "pluginlake",
                       settings_.url.c_str(), "UTF8",          static_cast<const char*>(nullptr)};
  *connection_.out() = PQconnectdbParams(keywords.data(), values.data(), 1);
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    ThrowPostgresConnectError(place_, WithoutSecret(settings_.url, PQerrorMessage(connection_.get())));
  }
  PQsetNoticeReceiver(connection_.get(), IgnoreNotice, nullptr);
  // Only a superuser may set the language of messages; kinds are read from SQLSTATE, so a refusal does no harm.
  PQclear(PQexec(connection_.get(), "SET lc_messages = 'C'"));
  RunScript(fmt::format("SET lock_timeout = {}; SET synchronous_commit = on", settings_.busy_ms_max));
  if (!settings_.session_script.empty()) {
    RunScript(settings_.session_script);
  }
}

void PostgresConnection::EnsureAlive() {
  if (PQtransactionStatus(connection_.get()) == PQTRANS_INTRANS) {
    return;
  }
  if (PQconsumeInput(connection_.get()) == 0 || PQstatus(connection_.get()) != CONNECTION_OK) {
    Connect();
  }
}

void PostgresConnection::Throw(const PGresult* result) const {
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const char* message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  bool lost = PQstatus(connection_.get()) != CONNECTION_OK;
  ThrowPostgresError(lost               ? "08006"
                     : state == nullptr ? ""
                                        : state,
                     place_, message == nullptr ? "the connection was lost" : message);
}

PostgresConnection::ResultHandle PostgresConnection::Checked(PGresult* raw) const {
  ResultHandle result(raw);
  ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_COPY_OUT && status != PGRES_COPY_IN) {
    Throw(result.get());
  }
  return result;
}

std::vector<SqlRow> PostgresConnection::Run(std::string_view statement, std::span<const SqlValue> values) {
  EnsureAlive();
  BoundValues bound(values);
  ResultHandle result =
      Checked(PQexecParams(connection_.get(), std::string(statement).c_str(), static_cast<int>(values.size()),
                           bound.types.data(), bound.pointers.data(), nullptr, nullptr, 0));
  return ReadRows(result.get());
}

void PostgresConnection::RunScript(std::string_view script) {
  Checked(PQexec(connection_.get(), std::string(script).c_str()));
}

void PostgresConnection::Rollback() noexcept { PQclear(PQexec(connection_.get(), "ROLLBACK")); }

void PostgresConnection::CopyToStdout(const std::string& statement, const std::function<void(std::string_view)>& take) {
  Checked(PQexec(connection_.get(), statement.c_str()));
  char* piece = nullptr;
  int bytes = PQgetCopyData(connection_.get(), &piece, 0);
  for (; bytes > 0; bytes = PQgetCopyData(connection_.get(), &piece, 0)) {
    Handle<void, PQfreemem> owned(piece);
    take(std::string_view(piece, static_cast<std::size_t>(bytes)));
  }
  Checked(PQgetResult(connection_.get()));
  PQclear(PQgetResult(connection_.get()));
}

void PostgresConnection::CopyFromStdin(const std::string& statement, const std::function<std::string_view()>& give) {
  Checked(PQexec(connection_.get(), statement.c_str()));
  for (std::string_view piece = give(); !piece.empty(); piece = give()) {
    if (PQputCopyData(connection_.get(), piece.data(), static_cast<int>(piece.size())) != 1) {
      ThrowPostgresError("08006", place_, "the connection was lost");
    }
  }
  PQputCopyEnd(connection_.get(), nullptr);
  Checked(PQgetResult(connection_.get()));
  PQclear(PQgetResult(connection_.get()));
}

}  // namespace pluginlake::state
