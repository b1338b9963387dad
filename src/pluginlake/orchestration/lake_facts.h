// What the lake and the state store know of each asset: which code made it, and how far it has read its inputs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/catalog/changes.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/orchestration/change_finder.h"
#include "pluginlake/schemas/table.h"
#include "pluginlake/state/store.h"

namespace pluginlake::orchestration {

// The last time an asset was brought up to date.
struct AssetFacts {
  std::string run_id;
  std::string fingerprint;
  std::string mode;
  std::int64_t snapshot_id = 0;
  std::int64_t rows = 0;
  Cursors cursors;
};

struct LakeFacts {
  std::map<std::string, AssetFacts> assets;  // by key; those that were never built are missing
  std::vector<schemas::Table> tables;        // that stand, with their columns
  catalog::TableChanges changes;             // since the lowest cursor
};

// Reads all of it. A cursor in the state store that is ahead counts: there an input had changed, but nothing of it
// reached the asset's rows, so that nothing was committed.
LakeFacts ReadLakeFacts(catalog::Lake& lake, state::Store& store);

// What a commit of a run made of one asset.
struct CommittedAsset {
  std::string key;
  AssetFacts facts;                          // cursors of this commit only
  std::optional<schemas::Table> made_table;  // with its columns, if it was made anew
};

// Brings the facts up to a commit of one's own that made `snapshot_id`, without reading again what the commit itself
// says. Returns false if others committed in between: then all has to be read anew.
bool AddCommit(catalog::Lake& lake, std::int64_t snapshot_id, std::vector<CommittedAsset> assets, LakeFacts& facts);

}  // namespace pluginlake::orchestration
