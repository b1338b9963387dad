// Keeps a lake small and quick: inlined rows to files, small files together, deleted rows out, old snapshots away.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/principal.h"

namespace pluginlake::catalog {

// How long a file stays after the last snapshot that needed it is gone: a reader may still be on its way to it.
inline constexpr std::int64_t kRetiredMinutesMin = 60;

struct CompactRequest {
  std::int64_t retired_minutes_min = kRetiredMinutesMin;
};

// What was done. `snapshot_id` is the newest snapshot afterwards, nullopt if nothing was to do.
struct CompactReport {
  std::int64_t rows_flushed = 0;
  std::int64_t files_before = 0;
  std::int64_t files_after = 0;
  std::int64_t files_removed = 0;
  std::optional<std::int64_t> snapshot_id;
};

// Compacts the whole lake, commit by commit; contents do not change, time travel stays. Commits wait meanwhile.
CompactReport Compact(const core::Principal& principal, Writer& writer, const CompactRequest& request);

struct ExpireRequest {
  std::int64_t older_than_days = 30;
  // The lowest snapshot up to which some consumer has read: it and all later ones stay. nullopt = no consumer.
  std::optional<std::int64_t> lowest_cursor;
  std::int64_t retired_minutes_min = kRetiredMinutesMin;
};

struct ExpireReport {
  std::vector<std::int64_t> expired;
  std::int64_t files_removed = 0;
};

// Removes snapshots that are old enough, never the newest and none that a consumer still has to read from. Lineage rows
// stay. Throws invalid_input (PL-0413) if `older_than_days` is negative.
ExpireReport Expire(const core::Principal& principal, Writer& writer, const ExpireRequest& request);

}  // namespace pluginlake::catalog
