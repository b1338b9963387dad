// Checks that a lake is whole: catalog, files, lineage, versions and tables; changes nothing.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/principal.h"
#include "pluginlake/core/progress.h"

namespace pluginlake::catalog {

// One thing that is not as it should be. Codes: catalog_damaged, file_missing, file_size, file_unreadable, row_count,
// file_orphaned, lineage_missing, lineage_ahead, version_doubled, table_differs.
struct Finding {
  std::string code;
  std::string subject;  // a file, a table or a snapshot
  std::string message;
};

struct FsckRequest {
  bool deep = false;  // reads every page of every file, not its end only
  core::Progress& progress;
  core::Cancellation& cancellation;
};

// What was looked at and what was found; clean = no findings.
struct FsckReport {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::uint64_t snapshots = 0;
  std::int64_t snapshot_id = 0;  // the newest
  std::vector<Finding> findings;
};

// Checks the lake while no commit runs; first removes what an unfinished transaction left behind. Throws what keeps it
// from looking at all (a damaged or unreachable catalog), Interrupted when asked to stop.
FsckReport Fsck(const core::Principal& principal, Writer& writer, const FsckRequest& request);

}  // namespace pluginlake::catalog
