// Brings deletions down to the disk: what was deleted is then in no file and in no page of the catalog.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "pluginlake/core/principal.h"

namespace pluginlake::catalog {

class Writer;

struct PurgeReport {
  std::int64_t files_rewritten = 0;    // that had deleted rows
  std::int64_t files_removed = 0;      // that only earlier snapshots needed
  std::int64_t snapshots_expired = 0;  // all but the newest
};

// What a purge has others do.
struct PurgeHooks {
  // Called when all is written anew and before earlier snapshots go: whoever has read up to one of them moves on. May
  // read the lake, and must not write to it.
  std::function<void()> before_expiry;
  // Writes a SQLite file anew without its free pages, and empties its write-ahead log. While a lake is open in this
  // process, that must happen in another one (see CopySqlite).
  std::function<void(const std::string& path)> vacuum_sqlite;
};

// Writes every file anew that has deleted rows, removes all snapshots but the newest, the files that only they needed,
// and the values that DuckLake's statistics keep of what is gone, and has the database of the catalog written anew
// (PostgreSQL: VACUUM FULL of each of DuckLake's tables). Time travel to before is over; a reader at an earlier
// snapshot loses its files. Commits wait meanwhile. Killed in between, it can be run again. Throws conflict (PL-0481)
// while a backup runs.
PurgeReport Purge(const core::Principal& principal, Writer& writer, const PurgeHooks& hooks);

}  // namespace pluginlake::catalog
