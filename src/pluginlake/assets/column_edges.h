// Column lineage of assets as rows of lineage.column_edge.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pluginlake/assets/graph.h"
#include "pluginlake/assets/relations.h"
#include "pluginlake/catalog/writer.h"

namespace pluginlake::assets {

// Not thread-safe; parses each SELECT once.
class ColumnEdges {
 public:
  ColumnEdges(const Graph& graph, Relations& relations) : graph_(graph), relations_(relations) {}

  // Returns where each column of the asset comes from: columns of what it reads, elements of a resource for a view. A
  // column that the SELECT states as a constant has one edge without input, kind "constant". The parts of the asset
  // that are in no table of the lake (staged, inline) follow, each once in this object's life.
  std::vector<catalog::ColumnEdge> Of(const Asset& asset);

 private:
  void AddSql(const Asset& asset, std::vector<catalog::ColumnEdge>& edges);
  void AddView(const Asset& asset, std::vector<catalog::ColumnEdge>& edges);
  std::vector<std::string> ColumnsOf(const TableName& table);

  const Graph& graph_;
  Relations& relations_;
  std::map<std::string, std::vector<std::string>> traced_;  // columns of the assets traced so far, by key
};

}  // namespace pluginlake::assets
