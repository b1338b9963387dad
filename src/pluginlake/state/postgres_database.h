// The station's records in the schema `pluginlake` of a PostgreSQL database.
#pragma once

#include <string>

#include "pluginlake/state/postgres_connection.h"
#include "pluginlake/state/sql_database.h"

namespace pluginlake::state {

class PostgresDatabase final : public SqlDatabase {
 public:
  // Opens the schema, or makes it. `settings.session_script` is ours.
  explicit PostgresDatabase(PostgresSettings settings);

  std::vector<SqlRow> Run(std::string_view statement, std::span<const SqlValue> values) override;
  void RunScript(std::string_view script) override;
  void Begin() override;
  void Commit() override;
  void Rollback() noexcept override;
  void Vacuum() override;
  // The copy is the schema pluginlake_before_NNNN: tables and rows, without indexes.
  std::string CopyBeforeMigration(std::int64_t number) override;

  using SqlDatabase::Run;

 private:
  PostgresConnection connection_;
};

}  // namespace pluginlake::state
