// Lists the versions of a lake, or those that touched one table.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pluginlake/catalog/lake.h"
#include "pluginlake/core/principal.h"

namespace pluginlake::catalog {

// One snapshot. `extra_info` and `changes` are JSON objects; author, message and extra_info are empty where the lake
// has none.
struct Snapshot {
  std::int64_t snapshot_id = 0;
  duck::TimestampUtc committed_at;
  std::string author;
  std::string message;
  std::string extra_info;
  std::string changes;
};

// Which snapshots are wanted, newest first.
struct SnapshotFilter {
  std::string asset_key;  // "raw/fhir_resource"; empty = every snapshot
  std::uint64_t rows_max = 1000;
};

// Returns the snapshots that stand, newest first. Throws not_found (PL-0412) if no table ever had that key.
std::vector<Snapshot> Snapshots(const core::Principal& principal, Lake& lake, const SnapshotFilter& filter);

}  // namespace pluginlake::catalog
