// The seam between the store and its two databases: run one statement, run a script, copy all before a migration.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace pluginlake::state {

// NULL, a whole number, or text (UTF-8).
using SqlValue = std::variant<std::monostate, std::int64_t, std::string>;
using SqlRow = std::vector<SqlValue>;

// One connection. Not thread-safe. One portable SQL: $1..$n bound in order, ON CONFLICT, RETURNING, BIGINT and TEXT.
// What the database refuses comes out as core::Error (kinds: store.h); no message holds a value or a password.
class SqlDatabase {
 public:
  virtual ~SqlDatabase() = default;

  // Runs one statement and returns its rows: of a SELECT, or what RETURNING gives.
  virtual std::vector<SqlRow> Run(std::string_view statement, std::span<const SqlValue> values) = 0;
  std::vector<SqlRow> Run(std::string_view statement, std::initializer_list<SqlValue> values) {
    return Run(statement, std::span<const SqlValue>(values.begin(), values.size()));
  }
  // Runs several statements, none with values.
  virtual void RunScript(std::string_view script) = 0;

  // Starts a transaction that no other process can write beside.
  virtual void Begin() = 0;
  virtual void Commit() = 0;
  // Never throws: what cannot be rolled back is gone with the connection.
  virtual void Rollback() noexcept = 0;

  // Writes all tables anew, without what was overwritten or deleted. Call outside a transaction.
  virtual void Vacuum() = 0;

  // Copies all records as they are before migration `number`, and returns where the copy is. Doing it again replaces
  // the copy. Call outside a transaction.
  virtual std::string CopyBeforeMigration(std::int64_t number) = 0;
};

// Rolls back unless committed.
class SqlTransaction {
 public:
  explicit SqlTransaction(SqlDatabase& database) : database_(database) { database_.Begin(); }
  ~SqlTransaction() {
    if (open_) {
      database_.Rollback();
    }
  }
  SqlTransaction(const SqlTransaction&) = delete;
  SqlTransaction& operator=(const SqlTransaction&) = delete;
  void Commit() {
    database_.Commit();
    open_ = false;
  }

 private:
  SqlDatabase& database_;
  bool open_ = true;
};

}  // namespace pluginlake::state
