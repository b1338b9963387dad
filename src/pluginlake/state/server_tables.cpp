// Copies whole tables of a PostgreSQL schema to files, and back, with COPY in its text form.
#include "pluginlake/state/server_tables.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "pluginlake/core/error.h"
#include "pluginlake/state/postgres_connection.h"
#include "state/sql.h"

namespace pluginlake::state {
namespace {

namespace fs = std::filesystem;

constexpr const char* kStatements = "tables.sql";
constexpr const char* kRowsEnding = ".copy";
constexpr std::size_t kPieceBytes = 1U << 20U;
// What makes the text form of a value the same in both sessions, whatever the servers' settings.
constexpr const char* kSameText =
    "SET LOCAL datestyle = 'ISO'; SET LOCAL timezone = 'UTC'; SET LOCAL intervalstyle = 'postgres'";

[[noreturn]] void ThrowUnwritten(const fs::path& path) {
  throw core::Error(core::ErrorKind::kExhausted, "PL-0504", "A copy of a table cannot be written: " + path.string(),
                    "Free space on this disk, then try again.");
}

std::string Joined(const TableSelection& tables, const std::string& table) {
  return QuoteName(tables.schema) + "." + QuoteName(table);
}

void CopyRowsOut(PostgresConnection& connection, const std::string& table, const fs::path& path) {
  std::ofstream file(path, std::ios::binary);
  connection.CopyToStdout(fmt::format("COPY {} TO STDOUT", table), [&](std::string_view piece) {
    file.write(piece.data(), static_cast<std::streamsize>(piece.size()));
    if (!file) {
      ThrowUnwritten(path);
    }
  });
  if (!file.flush()) {
    ThrowUnwritten(path);
  }
}

void CopyRowsIn(PostgresConnection& connection, const std::string& table, const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string piece(kPieceBytes, '\0');
  connection.CopyFromStdin(fmt::format("COPY {} FROM STDIN", table), [&]() -> std::string_view {
    file.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    return {piece.data(), static_cast<std::size_t>(file.gcount())};
  });
}

const std::string& TextAt(const SqlRow& row, std::size_t column) { return std::get<std::string>(row.at(column)); }

std::vector<SqlRow> TablesOf(PostgresConnection& connection, const TableSelection& tables) {
  return connection.Run(sql::kServerTables, std::array<SqlValue, 2>{tables.schema, tables.name_start});
}

}  // namespace

OneMoment::OneMoment(PostgresConnection& connection) : connection_(connection) {
  connection.Run("SELECT 1", {});  // opens a lost connection anew
  connection.RunScript("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  connection.RunScript(kSameText);
}

OneMoment::~OneMoment() { connection_.Rollback(); }

void CopyTablesOut(PostgresConnection& connection, const TableSelection& tables, const std::string& folder) {
  const fs::path place(folder);
  std::ofstream statements(place / kStatements);
  for (const SqlRow& row : TablesOf(connection, tables)) {
    statements << TextAt(row, 1) << ";\n";
    CopyRowsOut(connection, Joined(tables, TextAt(row, 0)), place / (TextAt(row, 0) + kRowsEnding));
  }
  const std::array<SqlValue, 2> selection{tables.schema, tables.name_start};
  for (const SqlRow& row : connection.Run(sql::kServerIndexes, selection)) {
    statements << TextAt(row, 0) << ";\n";
  }
  if (!statements.flush()) {
    ThrowUnwritten(place / kStatements);
  }
}

void CopyTablesIn(PostgresConnection& connection, const std::string& schema, const std::string& folder) {
  std::ifstream file(fs::path(folder) / kStatements);
  const std::string statements{std::istreambuf_iterator<char>(file), {}};
  connection.RunScript(kSameText);
  connection.RunScript(statements);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == kRowsEnding) {
      CopyRowsIn(connection, Joined({.schema = schema, .name_start = {}}, entry.path().stem().string()), entry.path());
    }
  }
}

std::int64_t CountTables(PostgresConnection& connection, const TableSelection& tables) {
  return static_cast<std::int64_t>(TablesOf(connection, tables).size());
}

}  // namespace pluginlake::state
