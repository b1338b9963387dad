// The steps that maintenance is made of, each a labelled commit. Private to catalog/.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/core/principal.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::catalog {

class Lake;

// How long maintenance waits for a backup to end; commits wait as long, so a long backup is answered with a conflict.
inline constexpr std::uint32_t kBackupWaitMsMax = 2000;

inline constexpr std::int64_t kMicrosPerDay = 24LL * 60 * 60 * 1'000'000;

// Runs one statement that answers with a number, in a commit labelled as maintenance.
std::int64_t RunLabelled(Lake& lake, const core::Principal& principal, const std::string& action,
                         const std::function<std::int64_t(duck::Connection&)>& step);

// Puts the rows that the catalog holds into files; returns how many.
std::int64_t FlushInlinedRows(Lake& lake, const core::Principal& principal);

// Writes the files anew of whose rows at least this share is deleted; returns how many. On an instance of its own: one
// that has flushed no longer finds the tables of older snapshots (DuckLake 1.5.5).
std::int64_t RewriteFiles(Lake& fresh, const core::Principal& principal, double deleted_share_min);

// Removes the files that no snapshot needs and that are retired for so long; returns how many.
std::int64_t RemoveRetired(Lake& lake, const core::Principal& principal, std::int64_t minutes_min);

// Returns the snapshots made before `moment`, but the newest and, if given, those that a consumer has not read up to.
std::vector<std::int64_t> SnapshotsBefore(Lake& lake, duck::TimestampUtc moment,
                                          std::optional<std::int64_t> lowest_cursor = std::nullopt);

// Removes these snapshots; their files are then retired.
void ExpireSnapshots(Lake& lake, const core::Principal& principal, const std::vector<std::int64_t>& ids);

}  // namespace pluginlake::catalog
