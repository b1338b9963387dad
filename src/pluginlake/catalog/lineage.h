// Writes the lineage rows of an open transaction and the label of its snapshot.
#pragma once

#include <cstdint>

#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/project.h"

namespace pluginlake::catalog {

// All that is known of a commit when its work is done; refers to what the caller holds.
struct CommitRecord {
  const core::Project& project;
  const core::Principal& principal;
  const CommitInfo& info;
  const CommitOutcome& outcome;
  std::int64_t snapshot_id = 0;
  duck::TimestampUtc started_at;
};

// Returns the clock's time, in microseconds since 1970.
duck::TimestampUtc Now();

// Writes lineage.run, lineage.input, lineage.column_edge and lineage.asset_version, and labels the snapshot, in the
// connection's transaction.
void WriteLineage(duck::Connection& connection, const CommitRecord& record);

}  // namespace pluginlake::catalog
