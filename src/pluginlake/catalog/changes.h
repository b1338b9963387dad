// Which tables changed after a snapshot, as the catalog's own list of changes tells.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "pluginlake/catalog/lake.h"

namespace pluginlake::catalog {

// What became of tables after a snapshot. Maintenance that leaves the rows as they were is no change.
struct TableChanges {
  std::int64_t newest_snapshot = 0;
  std::int64_t oldest_snapshot = 0;  // the oldest that stands: what changed before it cannot be asked any more
  std::map<std::string, std::int64_t> last_changed;  // "fhir.patient" -> the last snapshot that changed its rows
  std::map<std::string, std::int64_t> made;          // -> the snapshot that made the table which stands now
};

// Reads the changes of all snapshots after `since`.
TableChanges ChangesSince(Lake& lake, std::int64_t since);

}  // namespace pluginlake::catalog
