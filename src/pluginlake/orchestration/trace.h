// Follows lineage as the lake keeps it: columns through assets to elements, rows to the resource they come from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/principal.h"

namespace pluginlake::orchestration {

// A column, or an element of a resource in raw/fhir_resource.
struct TracedColumn {
  std::string asset;
  std::string column;

  auto operator<=>(const TracedColumn&) const = default;
};

enum class TraceDirection { kUp, kDown };

// What hangs together with a column: every edge on the way, and where the ways end.
struct ColumnTrace {
  std::vector<catalog::ColumnEdge> edges;
  std::vector<TracedColumn> ends;
  bool is_constant = false;  // stated in the SELECT, made from nothing
};

// One resource version behind a row of OMOP.
struct RowOrigin {
  std::string resource_type, resource_id, part;
  std::optional<std::int64_t> resource_version;
  std::optional<std::string> source;  // the file as given; nullopt: the version is not in the lake any more
  std::optional<std::int64_t> source_line;
  std::string batch_id, content_hash;
  std::string retired_run_id;  // the row has ceased in that run; empty = it is there
  // The local map that gave the row its concept, and that set's own version; empty: the vocabularies did, or none.
  std::string mapping_set_id, mapping_set_version;
};

// The last time an asset was brought up to date.
struct AssetTrace {
  std::string run_id, fingerprint, mode, principal, program_version;
  std::int64_t snapshot_id = 0, rows = 0, rows_written = 0, rows_removed = 0;
  std::int64_t started_at = 0, committed_at = 0;             // microseconds since 1970, UTC
  std::vector<std::pair<std::string, std::int64_t>> inputs;  // key and the version that was read
};

// All throw denied (PL-0408) for a principal who is not the local operator; a reader of metadata may follow columns and
// assets, not rows.

// Throws not_found (PL-1210) if the asset has no lineage, or no such column (with the nearest name).
ColumnTrace TraceColumn(const core::Principal& principal, catalog::Lake& lake, const TracedColumn& column,
                        TraceDirection direction);
// Returns every edge of column lineage that stands.
std::vector<catalog::ColumnEdge> ColumnLineage(const core::Principal& principal, catalog::Lake& lake);
// Throws not_found (PL-1211) if no row of that table has the id.
std::vector<RowOrigin> TraceRow(const core::Principal& principal, catalog::Lake& lake, const std::string& omop_table,
                                std::int64_t row_id);
// Returns nullopt if the asset was never built.
std::optional<AssetTrace> TraceAsset(const core::Principal& principal, catalog::Lake& lake, const std::string& key);

}  // namespace pluginlake::orchestration
