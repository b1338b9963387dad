// Reads the lineage tables and walks the edges.
#include "pluginlake/orchestration/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "orchestration/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/nearest_name.h"

namespace pluginlake::orchestration {
namespace {

using catalog::ColumnEdge;

[[noreturn]] void RefuseColumn(const std::vector<ColumnEdge>& edges, const TracedColumn& column) {
  std::vector<std::string> names;
  for (const ColumnEdge& edge : edges) {
    if (edge.asset == column.asset) {
      names.push_back(edge.column_name);
    }
    if (edge.input == column.asset) {
      names.push_back(edge.input_column);
    }
  }
  const auto nearest = core::NearestName(column.column, names);
  throw core::Error(core::ErrorKind::kNotFound, "PL-1210",
                    names.empty() ? fmt::format("There is no column lineage of {}", column.asset)
                                  : fmt::format("No column of this name: {}.{}", column.asset, column.column),
                    nearest         ? fmt::format("Did you mean {}?", *nearest)
                    : names.empty() ? "Run the asset first; 'pluginlake assets list' names all."
                                    : "'pluginlake assets show' names its columns.");
}

// Walks along the edges from one column.
class Walk {
 public:
  Walk(const std::vector<ColumnEdge>& edges, TraceDirection direction)
      : edges_(edges), up_(direction == TraceDirection::kUp) {}

  ColumnTrace From(const TracedColumn& column) {
    Visit(column);
    trace_.is_constant = up_ && trace_.ends.empty();
    return std::move(trace_);
  }

 private:
  static TracedColumn OutputOf(const ColumnEdge& edge) { return {edge.asset, edge.column_name}; }
  static TracedColumn InputOf(const ColumnEdge& edge) { return {edge.input, edge.input_column}; }

  void Visit(const TracedColumn& column) {
    if (!seen_.insert(column).second) {
      return;
    }
    bool is_end = true;
    for (const ColumnEdge& edge : edges_) {
      if ((up_ ? OutputOf(edge) : InputOf(edge)) != column) {
        continue;
      }
      is_end = false;
      trace_.edges.push_back(edge);
      if (edge.expression_kind != "constant") {
        Visit(up_ ? InputOf(edge) : OutputOf(edge));
      }
    }
    if (is_end && seen_.size() > 1) {
      trace_.ends.push_back(column);
    }
  }

  const std::vector<ColumnEdge>& edges_;
  bool up_;
  std::set<TracedColumn> seen_;
  ColumnTrace trace_;
};

}  // namespace

std::vector<ColumnEdge> ColumnLineage(const core::Principal& principal, catalog::Lake& lake) {
  catalog::RequireReader(principal);
  std::vector<ColumnEdge> edges;
  duck::Connection connection = lake.Connect();
  duck::Result result = connection.Query(sql::kColumnEdges);
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      edges.push_back({.asset = std::string(chunk->Text(0, row)),
                       .column_name = std::string(chunk->Text(1, row)),
                       .input = std::string(chunk->Text(2, row)),
                       .input_column = std::string(chunk->Text(3, row)),
                       .expression_kind = std::string(chunk->Text(4, row))});
    }
  }
  return edges;
}

ColumnTrace TraceColumn(const core::Principal& principal, catalog::Lake& lake, const TracedColumn& column,
                        TraceDirection direction) {
  const std::vector<ColumnEdge> edges = ColumnLineage(principal, lake);
  const bool is_known = std::ranges::any_of(edges, [&](const ColumnEdge& edge) {
    return (edge.asset == column.asset && edge.column_name == column.column) ||
           (edge.input == column.asset && edge.input_column == column.column);
  });
  if (!is_known) {
    RefuseColumn(edges, column);
  }
  return Walk(edges, direction).From(column);
}

std::vector<RowOrigin> TraceRow(const core::Principal& principal, catalog::Lake& lake, const std::string& omop_table,
                                std::int64_t row_id) {
  catalog::RequireOperator(principal);
  std::vector<RowOrigin> origins;
  duck::Connection connection = lake.Connect();
  duck::Result result = connection.Query(sql::kRowOrigin, {std::string_view(omop_table), row_id});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      RowOrigin origin{.resource_type = std::string(chunk->Text(0, row)),
                       .resource_id = std::string(chunk->Text(1, row)),
                       .part = std::string(chunk->Text(3, row)),
                       .batch_id = chunk->TextOrEmpty(7, row),
                       .content_hash = chunk->TextOrEmpty(8, row),
                       .retired_run_id = chunk->TextOrEmpty(4, row),
                       .mapping_set_id = chunk->TextOrEmpty(9, row),
                       .mapping_set_version = chunk->TextOrEmpty(10, row)};
      if (!chunk->IsNull(2, row)) {
        origin.resource_version = chunk->Int64(2, row);
      }
      if (!chunk->IsNull(5, row)) {
        origin.source = std::string(chunk->Text(5, row));
      }
      if (!chunk->IsNull(6, row)) {
        origin.source_line = chunk->Int64(6, row);
      }
      origins.push_back(std::move(origin));
    }
  }
  if (origins.empty()) {
    throw core::Error(core::ErrorKind::kNotFound, "PL-1211",
                      fmt::format("No row of omop.{} has the id {}", omop_table, row_id),
                      "An id is in the first column of the table; ids of rows that ceased are known too.");
  }
  return origins;
}

std::optional<AssetTrace> TraceAsset(const core::Principal& principal, catalog::Lake& lake, const std::string& key) {
  catalog::RequireReader(principal);
  duck::Connection connection = lake.Connect();
  AssetTrace trace;
  {
    duck::Result result = connection.Query(sql::kAssetVersion, {std::string_view(key)});
    const std::optional<duck::Chunk> chunk = result.Fetch();
    if (!chunk) {
      return std::nullopt;
    }
    trace = {.run_id = std::string(chunk->Text(0, 0)),
             .fingerprint = std::string(chunk->Text(2, 0)),
             .mode = std::string(chunk->Text(3, 0)),
             .principal = std::string(chunk->Text(7, 0)),
             .program_version = std::string(chunk->Text(10, 0)),
             .snapshot_id = chunk->Int64(1, 0),
             .rows = chunk->Int64(4, 0),
             .rows_written = chunk->Int64(5, 0),
             .rows_removed = chunk->Int64(6, 0),
             .started_at = chunk->Int64(8, 0),
             .committed_at = chunk->Int64(9, 0)};
  }
  duck::Result inputs = connection.Query(sql::kAssetInputs, {std::string_view(key), std::string_view(trace.run_id)});
  while (std::optional<duck::Chunk> chunk = inputs.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      trace.inputs.emplace_back(chunk->Text(0, row), chunk->IsNull(1, row) ? 0 : chunk->Int64(1, row));
    }
  }
  return trace;
}

}  // namespace pluginlake::orchestration
