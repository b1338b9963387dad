// Asks DuckLake for its snapshots and narrows them to a table.
#include "pluginlake/catalog/snapshots.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

// Returns the names of a key's table in lists of changes, as a JSON array; "[]" for an empty key.
std::string NamesOfTable(Lake& lake, const std::string& asset_key) {
  if (asset_key.empty()) {
    return "[]";
  }
  const std::size_t slash = asset_key.find('/');
  const std::string schema = asset_key.substr(0, slash);
  std::string table = slash == std::string::npos ? "" : asset_key.substr(slash + 1);
  std::ranges::replace(table, '/', '_');
  const std::optional<std::string> names = lake.ConnectMetadata().QueryText(sql::kTableIds, {schema, table});
  if (!names) {
    throw core::Error(core::ErrorKind::kNotFound, "PL-0412", fmt::format("No table of this key: {}", asset_key),
                      "A key is schema/table, for example raw/fhir_resource.");
  }
  return *names;
}

}  // namespace

std::vector<Snapshot> Snapshots(const core::Principal& principal, Lake& lake, const SnapshotFilter& filter) {
  RequireReader(principal);
  const std::string names = NamesOfTable(lake, filter.asset_key);
  std::vector<Snapshot> snapshots;
  duck::Connection connection = lake.Connect();
  duck::Result result =
      connection.Query(sql::kSnapshots, {lake.project().alias, names, static_cast<std::int64_t>(filter.rows_max)});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      snapshots.push_back({.snapshot_id = chunk->Int64(0, row),
                           .committed_at = {chunk->Int64(1, row)},
                           .author = std::string(chunk->Text(2, row)),
                           .message = std::string(chunk->Text(3, row)),
                           .extra_info = std::string(chunk->Text(4, row)),
                           .changes = std::string(chunk->Text(5, row))});
    }
  }
  return snapshots;
}

}  // namespace pluginlake::catalog
