// Brings the station's own schemas, tables and storage options into a lake, and reads what stands.
#pragma once

#include <string>
#include <vector>

#include "pluginlake/catalog/lake.h"
#include "pluginlake/schemas/table.h"

namespace pluginlake::catalog {

// Returns the tables and views that stand in the lake, columns in order.
std::vector<schemas::Table> StandingTables(duck::Connection& connection, const core::Project& project);

// Sets the storage options, makes what is missing of schemas, tables and views in one commit, and records the layout.
// Throws conflict (PL-0403) if a column stands with another type: types only widen by a release's own statement.
void BringLayout(duck::Connection& connection, const core::Project& project);

// Returns the layout that stands: 0 = none yet. Throws conflict (PL-0404) if a newer release wrote it.
std::int64_t StandingLayout(Lake& lake);

// Names the open transaction's snapshot in the catalog. `extra_info` is a JSON object.
struct SnapshotLabel {
  std::string author;
  std::string message;
  std::string extra_info;
};
void LabelSnapshot(duck::Connection& connection, const core::Project& project, const SnapshotLabel& label);

}  // namespace pluginlake::catalog
