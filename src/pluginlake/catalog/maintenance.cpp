// Runs DuckLake's maintenance functions, each in a labelled commit, while no other commit runs.
#include "pluginlake/catalog/maintenance.h"

#include "catalog/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/catalog/data_files.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/catalog/lineage.h"
#include "pluginlake/catalog/maintenance_lock.h"
#include "pluginlake/catalog/maintenance_steps.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

constexpr double kDeletedShareMin = 0.3;  // a file with fewer deleted rows is not worth writing anew

std::int64_t CountFiles(Lake& lake) { return lake.ConnectMetadata().QueryInt64(sql::kFileCount).value_or(0); }

std::int64_t Newest(Lake& lake) {
  duck::Connection connection = lake.Connect();
  return lake.CurrentSnapshot(connection);
}

CompactReport CompactNow(Lake& lake, const core::Principal& principal, const CompactRequest& request) {
  const std::int64_t before = Newest(lake);
  CompactReport report{.files_before = CountFiles(lake)};
  report.files_removed = RemoveRetired(lake, principal, request.retired_minutes_min);
  report.rows_flushed = FlushInlinedRows(lake, principal);
  Lake fresh(lake.settings());  // see RewriteFiles(); merging needs it too
  RewriteFiles(fresh, principal, kDeletedShareMin);
  RunLabelled(fresh, principal, "merge", [&](duck::Connection& connection) {
    return connection.QueryInt64(sql::kMergeFiles, {lake.project().alias}).value_or(0);
  });
  report.files_removed += RemoveRetired(lake, principal, request.retired_minutes_min);
  report.files_after = CountFiles(lake);
  if (const std::int64_t after = Newest(lake); after != before) {
    report.snapshot_id = after;
  }
  return report;
}

}  // namespace

CompactReport Compact(const core::Principal& principal, Writer& writer, const CompactRequest& request) {
  RequireOperator(principal);
  CompactReport report;
  writer.Exclusively([&](Lake& lake) {
    const auto held = lake.maintenance_lock().RemoveFiles(kBackupWaitMsMax);
    report = CompactNow(lake, principal, request);
  });
  return report;
}

ExpireReport Expire(const core::Principal& principal, Writer& writer, const ExpireRequest& request) {
  RequireOperator(principal);
  if (request.older_than_days < 0) {
    throw core::Error(core::ErrorKind::kInvalidInput, "PL-0413", "The age of snapshots to expire is negative",
                      "Give a number of days from 0 upward.");
  }
  ExpireReport report;
  writer.Exclusively([&](Lake& lake) {
    const auto held = lake.maintenance_lock().RemoveFiles(kBackupWaitMsMax);
    report.files_removed = RemoveRetired(lake, principal, request.retired_minutes_min);
    report.expired =
        SnapshotsBefore(lake, {Now().micros - request.older_than_days * kMicrosPerDay}, request.lowest_cursor);
    if (!report.expired.empty()) {
      ExpireSnapshots(lake, principal, report.expired);
      report.files_removed += RemoveRetired(lake, principal, request.retired_minutes_min);
    }
  });
  return report;
}

}  // namespace pluginlake::catalog
