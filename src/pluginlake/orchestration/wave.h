// Assets computed together and written in one commit, with their lineage, check results and cursors.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/assets/compute.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/principal.h"
#include "pluginlake/orchestration/change_finder.h"
#include "pluginlake/orchestration/run_result.h"

namespace pluginlake::orchestration {

// One computed asset on its way into the lake.
struct WaveItem {
  const assets::Asset* asset = nullptr;
  assets::Computed computed;
  std::size_t result = 0;  // its place in the run's results
  bool by_keys = false;
  std::int64_t rows_before = 0;  // in the lake's table
  std::string fingerprint;
  bool new_code = false;                   // column lineage is written when it is
  std::vector<assets::TableName> sources;  // the lake's tables it was made from
};

// What a commit of a wave needs to know of its run.
struct WaveContext {
  const core::Principal& principal;
  const RunRequest& request;
  const assets::Graph& graph;
  assets::Relations& relations;
  catalog::Writer& writer;
};

// Writes the staged rows of all items in one commit and fills their results. Returns the snapshot; nullopt if no row of
// any asset differs and no code is new. Throws what the commit throws; then nothing of the wave is in the lake.
std::optional<std::int64_t> CommitWave(const WaveContext& context, const std::vector<WaveItem>& items,
                                       std::vector<AssetResult>& results);

// Returns how far an item has read each of its sources when the wave is snapshot `snapshot_id`: what the wave itself
// writes was read as it will be.
Cursors CursorsOf(const WaveItem& item, const assets::Relations& relations, std::int64_t snapshot_id);

// Writes the check results of refused assets in a commit of their own, before the wave that goes on without them.
void CommitFailures(const WaveContext& context, const std::vector<assets::CheckResult>& failures);

}  // namespace pluginlake::orchestration
