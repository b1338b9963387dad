// Column lineage: which columns of which tables each column of a SELECT is made from.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "pluginlake/assets/asset.h"

namespace pluginlake::assets {

// How a column comes from another: as it is, by an expression, by an aggregate or window over several rows.
enum class OriginKind { kIdentity, kExpression, kAggregate };

// Returns "identity", "expression" or "aggregate".
const char* NameOf(OriginKind kind);

// A column of a table that a SELECT reads.
struct ColumnOrigin {
  TableName table;
  std::string column;

  auto operator<=>(const ColumnOrigin&) const = default;
};

// One column of a SELECT, in order. No origins: a constant, stated in the SELECT.
struct OutputColumn {
  std::string name;  // empty when the SELECT gives it none
  std::set<ColumnOrigin> origins;
  OriginKind kind = OriginKind::kIdentity;
};

// Returns a table's columns in order; what `SELECT *` stands for.
using ColumnsOf = std::function<std::vector<std::string>(const TableName&)>;

// Traces every column of the query node that json_serialize_sql gave, through common table expressions, subqueries,
// joins and set operations. What only decides which rows there are (WHERE, JOIN … ON, GROUP BY) is no origin.
std::vector<OutputColumn> TraceColumns(const nlohmann::json& node, const ColumnsOf& columns_of);

}  // namespace pluginlake::assets
