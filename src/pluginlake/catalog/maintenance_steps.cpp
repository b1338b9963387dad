// Runs DuckLake's maintenance functions, each in a labelled commit.
#include "pluginlake/catalog/maintenance_steps.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "catalog/sql.h"
#include "pluginlake/catalog/data_files.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/catalog/lineage.h"

namespace pluginlake::catalog {
namespace {

constexpr std::int64_t kMicrosPerMinute = 60'000'000;

}  // namespace

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

std::int64_t FlushInlinedRows(Lake& lake, const core::Principal& principal) {
  return RunLabelled(lake, principal, "flush", [&](duck::Connection& connection) {
    return connection.QueryInt64(sql::kFlushInlinedRows, {lake.project().alias}).value_or(0);
  });
}

std::int64_t RewriteFiles(Lake& fresh, const core::Principal& principal, double deleted_share_min) {
  return RunLabelled(fresh, principal, "rewrite", [&](duck::Connection& connection) {
    return connection.QueryInt64(sql::kRewriteFiles, {fresh.project().alias, deleted_share_min}).value_or(0);
  });
}

std::int64_t RemoveRetired(Lake& lake, const core::Principal& principal, std::int64_t minutes_min) {
  if (lake.ConnectMetadata().QueryInt64(sql::kRetiredAreOld,
                                        {duck::TimestampUtc{Now().micros - minutes_min * kMicrosPerMinute}}) != 1) {
    return 0;
  }
  return RunLabelled(lake, principal, "cleanup", [&](duck::Connection& connection) {
    return connection.QueryInt64(sql::kRemoveRetiredFiles, {lake.project().alias}).value_or(0);
  });
}

std::vector<std::int64_t> SnapshotsBefore(Lake& lake, duck::TimestampUtc moment,
                                          std::optional<std::int64_t> lowest_cursor) {
  const duck::Value cursor = lowest_cursor ? duck::Value(*lowest_cursor) : duck::Value(std::monostate{});
  std::vector<std::int64_t> ids;
  duck::Connection connection = lake.ConnectMetadata();
  duck::Result result = connection.Query(sql::kExpirableSnapshots, {moment, cursor});
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

}  // namespace pluginlake::catalog
