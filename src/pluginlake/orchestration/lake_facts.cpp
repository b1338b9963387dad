// Asks the lake in a handful of statements, whatever the number of assets.
#include "pluginlake/orchestration/lake_facts.h"

#include <algorithm>
#include <limits>

#include "orchestration/sql.h"
#include "pluginlake/catalog/layout.h"

namespace pluginlake::orchestration {
namespace {

void ReadVersions(duck::Connection& connection, LakeFacts& facts) {
  duck::Result result = connection.Query(sql::kAssetVersions);
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      AssetFacts& asset = facts.assets[std::string(chunk->Text(0, row))];
      asset.snapshot_id = chunk->Int64(1, row);
      asset.run_id = chunk->Text(2, row);
      asset.fingerprint = chunk->Text(3, row);
      asset.mode = chunk->Text(4, row);
      asset.rows = chunk->Int64(5, row);
    }
  }
}

void Raise(LakeFacts& facts, const std::string& asset, const std::string& input, std::int64_t snapshot_id) {
  if (const auto found = facts.assets.find(asset); found != facts.assets.end()) {
    std::int64_t& cursor = found->second.cursors[assets::TableOf(input)];
    cursor = std::max(cursor, snapshot_id);
  }
}

void ReadCursors(duck::Connection& connection, state::Store& store, LakeFacts& facts) {
  duck::Result result = connection.Query(sql::kAssetCursors);
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      if (!chunk->IsNull(2, row)) {
        Raise(facts, std::string(chunk->Text(0, row)), std::string(chunk->Text(1, row)), chunk->Int64(2, row));
      }
    }
  }
  for (const state::CursorRecord& cursor : store.Cursors()) {
    Raise(facts, cursor.consumer, cursor.asset, cursor.snapshot_id);
  }
}

std::int64_t LowestCursor(const LakeFacts& facts) {
  std::int64_t lowest = std::numeric_limits<std::int64_t>::max();
  for (const auto& [key, asset] : facts.assets) {
    for (const auto& [input, cursor] : asset.cursors) {
      lowest = std::min(lowest, cursor);
    }
  }
  return lowest;
}

void SetTable(std::vector<schemas::Table>& tables, schemas::Table made) {
  const auto found = std::ranges::find_if(
      tables, [&](const schemas::Table& table) { return table.schema == made.schema && table.name == made.name; });
  if (found == tables.end()) {
    tables.push_back(std::move(made));
  } else {
    *found = std::move(made);
  }
}

}  // namespace

bool AddCommit(catalog::Lake& lake, std::int64_t snapshot_id, std::vector<CommittedAsset> assets, LakeFacts& facts) {
  catalog::TableChanges changes = catalog::ChangesSince(lake, facts.changes.newest_snapshot);
  if (changes.newest_snapshot != snapshot_id || snapshot_id != facts.changes.newest_snapshot + 1) {
    return false;
  }
  for (const auto& [table, last_changed] : facts.changes.last_changed) {
    if (changes.made.contains(table)) {
      changes.last_changed.try_emplace(table, last_changed);
    }
  }
  facts.changes = std::move(changes);
  for (CommittedAsset& asset : assets) {
    AssetFacts& known = facts.assets[asset.key];
    asset.facts.cursors.insert(known.cursors.begin(), known.cursors.end());  // of inputs that it read before
    known = std::move(asset.facts);
    if (asset.made_table) {
      SetTable(facts.tables, *std::move(asset.made_table));
    }
  }
  return true;
}

LakeFacts ReadLakeFacts(catalog::Lake& lake, state::Store& store) {
  LakeFacts facts;
  duck::Connection connection = lake.Connect();
  ReadVersions(connection, facts);
  ReadCursors(connection, store, facts);
  facts.changes = catalog::ChangesSince(lake, LowestCursor(facts));
  facts.tables = catalog::StandingTables(connection, lake.project());
  return facts;
}

}  // namespace pluginlake::orchestration
