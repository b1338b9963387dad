// Runs DuckLake's maintenance functions, each in a labelled commit, while no other commit runs.
#include "pluginlake/catalog/maintenance.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>

#include "catalog/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/catalog/data_files.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/catalog/lineage.h"
#include "pluginlake/catalog/maintenance_lock.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

constexpr double kDeletedShareMin = 0.3;          // a file with fewer deleted rows is not worth writing anew
constexpr std::uint32_t kBackupWaitMsMax = 2000;  // commits wait as long, so a long backup is answered with a conflict
constexpr std::int64_t kMicrosPerMinute = 60'000'000;
constexpr std::int64_t kMinutesPerDay = 24 * 60;

duck::TimestampUtc MinutesAgo(std::int64_t minutes) { return {Now().micros - minutes * kMicrosPerMinute}; }

// Runs one statement that answers with a number, in a commit labelled as maintenance.
std::int64_t RunLabelled(Lake& lake, const core::Principal& principal, const std::string& action,
                         const std::function<std::int64_t(duck::Connection&)>& step) {
  duck::Connection connection = lake.Connect();
  duck::Transaction transaction(connection);
  const std::int64_t answer = step(connection);
  LabelSnapshot(connection, lake.project(),
                {.author = principal.name,
                 .message = "maintenance: " + action,
                 .extra_info = fmt::format(R"({{"kind":"maintenance","action":"{}"}})", action)});
  SyncDataFolder(lake);
  transaction.Commit();
  return answer;
}

std::int64_t RemoveRetired(Lake& lake, const core::Principal& principal, std::int64_t minutes_min) {
  if (lake.ConnectMetadata().QueryInt64(sql::kRetiredAreOld, {MinutesAgo(minutes_min)}) != 1) {
    return 0;
  }
  return RunLabelled(lake, principal, "cleanup", [&](duck::Connection& connection) {
    return connection.QueryInt64(sql::kRemoveRetiredFiles, {lake.project().alias}).value_or(0);
  });
}

std::int64_t CountFiles(Lake& lake) { return lake.ConnectMetadata().QueryInt64(sql::kFileCount).value_or(0); }

std::int64_t Newest(Lake& lake) {
  duck::Connection connection = lake.Connect();
  return lake.CurrentSnapshot(connection);
}

CompactReport CompactNow(Lake& lake, const core::Principal& principal, const CompactRequest& request) {
  const std::string& alias = lake.project().alias;
  const std::int64_t before = Newest(lake);
  CompactReport report{.files_before = CountFiles(lake)};
  report.files_removed = RemoveRetired(lake, principal, request.retired_minutes_min);
  report.rows_flushed = RunLabelled(lake, principal, "flush", [&](duck::Connection& connection) {
    return connection.QueryInt64(sql::kFlushInlinedRows, {alias}).value_or(0);
  });
  RunLabelled(lake, principal, "rewrite", [&](duck::Connection& connection) {
    return connection.QueryInt64(sql::kRewriteFiles, {alias, kDeletedShareMin}).value_or(0);
  });
  // On an instance of its own: one that has flushed no longer finds the tables of older snapshots (DuckLake 1.5.5).
  Lake fresh(lake.settings());
  RunLabelled(fresh, principal, "merge", [&](duck::Connection& connection) {
    return connection.QueryInt64(sql::kMergeFiles, {alias}).value_or(0);
  });
  report.files_removed += RemoveRetired(lake, principal, request.retired_minutes_min);
  report.files_after = CountFiles(lake);
  if (const std::int64_t after = Newest(lake); after != before) {
    report.snapshot_id = after;
  }
  return report;
}

std::vector<std::int64_t> ExpirableSnapshots(Lake& lake, const ExpireRequest& request) {
  const duck::Value cursor =
      request.lowest_cursor ? duck::Value(*request.lowest_cursor) : duck::Value(std::monostate{});
  std::vector<std::int64_t> ids;
  duck::Connection connection = lake.ConnectMetadata();
  duck::Result result =
      connection.Query(sql::kExpirableSnapshots, {MinutesAgo(request.older_than_days * kMinutesPerDay), cursor});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      ids.push_back(chunk->Int64(0, row));
    }
  }
  return ids;
}

void ExpireSnapshots(Lake& lake, const core::Principal& principal, const std::vector<std::int64_t>& ids) {
  RunLabelled(lake, principal, "expire", [&](duck::Connection& connection) {
    // A list cannot be bound; the numbers come from the catalog itself.
    const std::string statement =
        fmt::format("SELECT count(*) FROM ducklake_expire_snapshots($1, versions => [{}])", fmt::join(ids, ", "));
    return connection.QueryInt64(statement, {lake.project().alias}).value_or(0);
  });
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
    report.expired = ExpirableSnapshots(lake, request);
    if (!report.expired.empty()) {
      ExpireSnapshots(lake, principal, report.expired);
      report.files_removed += RemoveRetired(lake, principal, request.retired_minutes_min);
    }
  });
  return report;
}

}  // namespace pluginlake::catalog
