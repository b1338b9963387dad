// Rewrites, expires, removes and vacuums, in this order, while no other commit runs.
#include "pluginlake/catalog/purge.h"

#include "catalog/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/catalog/attach.h"
#include "pluginlake/catalog/data_files.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/lineage.h"
#include "pluginlake/catalog/maintenance_lock.h"
#include "pluginlake/catalog/maintenance_steps.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/state/postgres_connection.h"

namespace pluginlake::catalog {
namespace {

constexpr double kAnyDeletedRow = 0.0;

// What is deleted leaves its values behind in the statistics of tables, which DuckLake only ever widens.
void NarrowStatistics(Lake& lake) {
  duck::Connection connection = lake.ConnectMetadata();
  duck::Transaction transaction(connection);
  connection.Query(sql::kNarrowColumnStatistics);
  transaction.Commit();
}

void VacuumServer(const core::Project& project) {
  state::PostgresConnection connection({.url = project.catalog, .session_script = {}});
  for (const state::SqlRow& row : connection.Run(sql::kServerLakeTables, {})) {
    connection.RunScript("VACUUM (FULL) " + std::get<std::string>(row.at(0)));
  }
}

PurgeReport PurgeNow(Lake& lake, const core::Principal& principal, const PurgeHooks& hooks) {
  PurgeReport report;
  FlushInlinedRows(lake, principal);
  Lake fresh(lake.settings());  // see RewriteFiles()
  report.files_rewritten = RewriteFiles(fresh, principal, kAnyDeletedRow);
  NarrowStatistics(lake);  // before anybody reads: this process keeps the statistics it has seen for its next write
  hooks.before_expiry();
  core::FaultPoint("erase.rewritten");
  // Whatever the clocks say, a snapshot that stands was made before tomorrow.
  const std::vector<std::int64_t> expired = SnapshotsBefore(lake, {Now().micros + kMicrosPerDay});
  if (!expired.empty()) {
    ExpireSnapshots(lake, principal, expired);
  }
  report.snapshots_expired = static_cast<std::int64_t>(expired.size());
  report.files_removed = RemoveRetired(lake, principal, 0);
  if (lake.is_local()) {
    report.files_removed += static_cast<std::int64_t>(RemoveOrphans(lake));
  }
  return report;
}

}  // namespace

PurgeReport Purge(const core::Principal& principal, Writer& writer, const PurgeHooks& hooks) {
  RequireOperator(principal);
  PurgeReport report;
  writer.Exclusively([&](Lake& lake) {
    const auto held = lake.maintenance_lock().RemoveFiles(kBackupWaitMsMax);
    report = PurgeNow(lake, principal, hooks);
    if (lake.project().is_postgres()) {
      VacuumServer(lake.project());
    } else {
      hooks.vacuum_sqlite(CatalogFile(lake.project()));
    }
  });
  return report;
}

}  // namespace pluginlake::catalog
