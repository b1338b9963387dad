// Applies migrations and keeps the list of those that were applied.
#include "pluginlake/state/migrations.h"

#include <fmt/format.h>

#include <string>
#include <vector>

#include "pluginlake/core/clock.h"
#include "pluginlake/core/digest.h"
#include "pluginlake/core/error.h"
#include "pluginlake/state/sql_database.h"
#include "state/sql.h"
#include "state/sql_migrations.h"

namespace pluginlake::state {
namespace {

using core::Error;
using core::ErrorKind;

void CheckApplied(const SqlRow& row, std::span<const Migration> known) {
  std::int64_t number = std::get<std::int64_t>(row.at(0));
  if (number > static_cast<std::int64_t>(known.size())) {
    throw Error(ErrorKind::kConflict, "PL-0501",
                fmt::format("The station's records have version {}; this program knows versions up to {}.", number,
                            known.size()),
                "Use the newer pluginlake that wrote them, or restore a backup made by this one.");
  }
  const Migration& migration = known[static_cast<std::size_t>(number - 1)];
  if (std::get<std::string>(row.at(1)) != core::Sha256Hex(migration.script)) {
    throw Error(ErrorKind::kInternal, "PL-0506",
                fmt::format("Step {} of the station's records was applied in another form than this program's.",
                            migration.name),
                "Use a released pluginlake; a step that was released is never edited.");
  }
}

// Returns the last version applied, after checking that every step applied is the one known.
std::int64_t CheckHistory(SqlDatabase& database, std::span<const Migration> known) {
  std::int64_t version = 0;
  for (const SqlRow& row : database.Run(sql::kMigrationList, {})) {
    CheckApplied(row, known);
    version = std::get<std::int64_t>(row.at(0));
  }
  return version;
}

void Apply(SqlDatabase& database, const Migration& migration) {
  SqlTransaction transaction(database);
  if (AppliedVersion(database) >= migration.number) {
    return;  // another process was first
  }
  database.RunScript(migration.script);
  database.Run(sql::kMigrationRecord, {migration.number, std::string(migration.name), core::Sha256Hex(migration.script),
                                       core::SystemClock().NowMicros()});
  transaction.Commit();
}

}  // namespace

std::span<const Migration> KnownMigrations() {
  static const std::vector<Migration> known = [] {
    std::vector<Migration> list;
    for (const auto& [name, script] : sql::kMigrations) {
      list.push_back({static_cast<std::int64_t>(list.size()) + 1, name, script});
    }
    return list;
  }();
  return known;
}

std::int64_t AppliedVersion(SqlDatabase& database) {
  std::vector<SqlRow> rows = database.Run("SELECT coalesce(max(number), 0) FROM migration", {});
  return std::get<std::int64_t>(rows.at(0).at(0));
}

void Migrate(SqlDatabase& database, std::span<const Migration> known) {
  database.RunScript(sql::kMigrationTable);
  std::int64_t version = CheckHistory(database, known);
  for (const Migration& migration : known.subspan(static_cast<std::size_t>(version))) {
    if (version > 0) {  // a fresh database holds nothing to copy
      database.CopyBeforeMigration(migration.number);
    }
    Apply(database, migration);
  }
}

}  // namespace pluginlake::state
