// Traces SELECTs, and reads the paths of ViewDefinitions.
#include "pluginlake/assets/column_edges.h"

#include "pluginlake/assets/column_origins.h"
#include "pluginlake/assets/sql_tree.h"
#include "pluginlake/core/error.h"
#include "pluginlake/fhir/view.h"

namespace pluginlake::assets {

std::vector<catalog::ColumnEdge> ColumnEdges::Of(const Asset& asset) {
  std::vector<catalog::ColumnEdge> edges;
  if (traced_.contains(asset.key)) {
    return edges;
  }
  if (asset.is_view()) {
    AddView(asset, edges);
  } else {
    AddSql(asset, edges);
  }
  for (const TableName& input : asset.inputs) {
    const Asset* upstream = graph_.Find(input);
    if (upstream != nullptr && upstream->keep != Keep::kTable && !traced_.contains(upstream->key)) {
      const std::vector<catalog::ColumnEdge> further = Of(*upstream);
      edges.insert(edges.end(), further.begin(), further.end());
    }
  }
  return edges;
}

std::vector<std::string> ColumnEdges::ColumnsOf(const TableName& table) {
  const Asset* asset = graph_.Find(table);
  if (asset != nullptr && asset->keep == Keep::kInline) {
    if (!traced_.contains(asset->key)) {
      std::vector<catalog::ColumnEdge> ignored;
      AddSql(*asset, ignored);
      std::vector<std::string> columns = std::move(traced_[asset->key]);
      traced_.erase(asset->key);  // its edges are still to be given
      return columns;
    }
    return traced_[asset->key];
  }
  std::vector<std::string> columns;
  for (const duck::Column& column : relations_.ColumnsOf(table)) {
    columns.push_back(column.name);
  }
  return columns;
}

void ColumnEdges::AddSql(const Asset& asset, std::vector<catalog::ColumnEdge>& edges) {
  SqlTree tree;
  const auto problem = ParseSelect(relations_.workbench().connection(), {asset.sql, asset.sql_path}, tree);
  PL_CHECK(!problem, "an asset that was loaded could not be parsed again");
  std::vector<std::string> names;
  for (const OutputColumn& column :
       TraceColumns(tree.node, [this](const TableName& table) { return ColumnsOf(table); })) {
    names.push_back(column.name);
    if (column.origins.empty()) {
      edges.push_back({.asset = asset.key, .column_name = column.name, .expression_kind = "constant"});
    }
    for (const ColumnOrigin& origin : column.origins) {
      const Asset* upstream = graph_.Find(origin.table);
      edges.push_back({.asset = asset.key,
                       .column_name = column.name,
                       .input = upstream != nullptr ? upstream->key : KeyOf(origin.table),
                       .input_column = origin.column,
                       .expression_kind = NameOf(column.kind)});
    }
  }
  traced_[asset.key] = std::move(names);
}

void ColumnEdges::AddView(const Asset& asset, std::vector<catalog::ColumnEdge>& edges) {
  const auto view = fhir::View::Compile(asset.view);
  std::vector<std::string> names;
  for (const fhir::ViewColumn& column : view->columns()) {
    names.push_back(column.name);
    if (column.element_paths.empty()) {
      edges.push_back({.asset = asset.key, .column_name = column.name, .expression_kind = "constant"});
    }
    for (const std::string& path : column.element_paths) {
      edges.push_back({.asset = asset.key,
                       .column_name = column.name,
                       .input = "raw/fhir_resource",
                       .input_column = path,
                       .expression_kind = "identity"});
    }
  }
  traced_[asset.key] = std::move(names);
}

}  // namespace pluginlake::assets
