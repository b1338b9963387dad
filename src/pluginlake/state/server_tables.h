// Copies whole tables of a PostgreSQL schema to files, and back into another database.
#pragma once

#include <cstdint>
#include <string>

namespace pluginlake::state {

class PostgresConnection;

// The tables of `schema` whose names start with `name_start` (empty = all).
struct TableSelection {
  std::string schema;
  std::string name_start;
};

// A transaction of a connection in which everything read is as of one moment. Rolls back at the end.
class OneMoment {
 public:
  explicit OneMoment(PostgresConnection& connection);
  ~OneMoment();
  OneMoment(const OneMoment&) = delete;
  OneMoment& operator=(const OneMoment&) = delete;

 private:
  PostgresConnection& connection_;
};

// Writes `folder`/<table>.copy for each table, and `folder`/tables.sql with the statements that make them. Call inside
// a OneMoment. The folder must be there and empty. Throws exhausted if its disk is full.
void CopyTablesOut(PostgresConnection& connection, const TableSelection& tables, const std::string& folder);

// Makes the tables of `folder` and fills them, inside the transaction that is open on `connection`. The schema must be
// there. Throws conflict (PL-0507) if a table is there already.
void CopyTablesIn(PostgresConnection& connection, const std::string& schema, const std::string& folder);

// Returns how many tables there are.
std::int64_t CountTables(PostgresConnection& connection, const TableSelection& tables);

}  // namespace pluginlake::state
