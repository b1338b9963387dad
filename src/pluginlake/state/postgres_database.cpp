// Runs the store's statements in a schema of a PostgreSQL database.
#include "pluginlake/state/postgres_database.h"

#include <fmt/format.h>

#include <utility>

namespace pluginlake::state {
namespace {

PostgresSettings WithOurSchema(PostgresSettings settings) {
  settings.session_script = "SET search_path = pluginlake";
  return settings;
}

}  // namespace

PostgresDatabase::PostgresDatabase(PostgresSettings settings) : connection_(WithOurSchema(std::move(settings))) {
  // IF NOT EXISTS would ask for the right to create even where the schema stands.
  if (Run("SELECT 1 FROM pg_namespace WHERE nspname = 'pluginlake'", {}).empty()) {
    RunScript("CREATE SCHEMA pluginlake");
  }
}

std::vector<SqlRow> PostgresDatabase::Run(std::string_view statement, std::span<const SqlValue> values) {
  return connection_.Run(statement, values);
}

void PostgresDatabase::RunScript(std::string_view script) { connection_.RunScript(script); }

void PostgresDatabase::Begin() {
  Run("SELECT 1", {});  // opens a lost connection anew before the transaction hangs on it
  RunScript("BEGIN");
  Run("SELECT pg_advisory_xact_lock(hashtext('pluginlake.state'))", {});
}

void PostgresDatabase::Commit() { RunScript("COMMIT"); }

void PostgresDatabase::Rollback() noexcept { connection_.Rollback(); }

void PostgresDatabase::Vacuum() {
  for (const SqlRow& row : Run("SELECT tablename FROM pg_tables WHERE schemaname = 'pluginlake' ORDER BY 1", {})) {
    RunScript("VACUUM (FULL) pluginlake." + QuoteName(std::get<std::string>(row.at(0))));
  }
}

std::string PostgresDatabase::CopyBeforeMigration(std::int64_t number) {
  std::string copy = fmt::format("pluginlake_before_{:04}", number);
  SqlTransaction transaction(*this);
  RunScript(fmt::format("DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}", copy));
  for (const SqlRow& row : Run("SELECT tablename FROM pg_tables WHERE schemaname = 'pluginlake' ORDER BY 1", {})) {
    std::string table = QuoteName(std::get<std::string>(row.at(0)));
    RunScript(fmt::format("CREATE TABLE {0}.{1} AS TABLE pluginlake.{1}", copy, table));
  }
  transaction.Commit();
  return copy;
}

}  // namespace pluginlake::state
