// Lineage of an asset's version as OpenLineage events (spec 2-0-2).
#pragma once

#include <string>
#include <vector>

#include "pluginlake/orchestration/trace.h"
#include "pluginlake/schemas/table.h"

namespace pluginlake::orchestration {

// What the events say of an asset.
struct OpenLineageSource {
  std::string station;  // names the namespace: pluginlake://STATION
  std::string key;
  std::string description;
  std::string sql;  // empty for a view
  schemas::Table table;
  AssetTrace trace;
  std::vector<catalog::ColumnEdge> edges;  // of all assets; parts that are in no table are looked through
};

// Returns two RunEvents, START and COMPLETE, of the run that brought the asset up to date, each one line of JSON.
std::vector<std::string> OpenLineageEvents(const OpenLineageSource& source);

}  // namespace pluginlake::orchestration
