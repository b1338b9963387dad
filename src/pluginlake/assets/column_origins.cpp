// Resolves names scope by scope, as DuckDB's binder would, and gathers what they stand for.
#include "pluginlake/assets/column_origins.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <string_view>

namespace pluginlake::assets {
namespace {

using nlohmann::json;
using Columns = std::vector<OutputColumn>;

constexpr std::array<std::string_view, 34> kAggregates = {"any_value", "arg_max",       "arg_max_null",
                                                          "arg_min",   "arg_min_null",  "avg",
                                                          "bit_and",   "bit_or",        "bool_and",
                                                          "bool_or",   "count",         "count_star",
                                                          "first",     "histogram",     "last",
                                                          "list",      "array_agg",     "max",
                                                          "max_by",    "mean",          "median",
                                                          "min",       "min_by",        "mode",
                                                          "quantile",  "quantile_cont", "quantile_disc",
                                                          "stddev",    "string_agg",    "group_concat",
                                                          "sum",       "variance",      "approx_count_distinct",
                                                          "product"};

std::string TextOf(const json& value, const char* name) {
  const auto found = value.find(name);
  return found != value.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Names are compared as DuckDB does: without case.
bool SameName(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

void Add(OutputColumn& column, const OutputColumn& part, OriginKind kind) {
  column.origins.insert(part.origins.begin(), part.origins.end());
  column.kind = std::max({column.kind, kind, part.kind});
}

// One relation of a FROM clause.
struct Relation {
  std::string alias;
  Columns columns;
};

// What names may stand for at one place of a statement.
struct Scope {
  const Scope* outer = nullptr;
  std::map<std::string, Columns> ctes;  // by name in lower case
  std::vector<Relation> relations;
  Columns aliases;                   // of the select list so far
  std::vector<std::string> lambdas;  // parameters of enclosing lambdas
  std::vector<std::string> merged;   // columns of USING: `*` shows them once
};

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

class Tracer {
 public:
  explicit Tracer(const ColumnsOf& columns_of) : columns_of_(columns_of) {}

  Columns Query(const json& node, const Scope* outer) {
    Scope scope{.outer = outer};
    if (const auto map = node.find("cte_map"); map != node.end() && map->contains("map")) {
      for (const json& entry : (*map)["map"]) {
        AddCte(TextOf(entry, "key"), entry["value"], scope);
      }
    }
    const std::string type = TextOf(node, "type");
    if (type == "SELECT_NODE") {
      return Select(node, scope);
    }
    if (type == "SET_OPERATION_NODE") {
      return SetOperation(node, scope);
    }
    if (type == "RECURSIVE_CTE_NODE") {
      return Recursive(node, scope);
    }
    return {};
  }

 private:
  void AddCte(const std::string& name, const json& value, Scope& scope) {
    Columns columns = Query(value["query"]["node"], &scope);
    Rename(columns, value.value("aliases", json::array()));
    scope.ctes[Lower(name)] = std::move(columns);
  }

  static void Rename(Columns& columns, const json& names) {
    for (std::size_t i = 0; i < names.size() && i < columns.size(); ++i) {
      columns[i].name = names[i].get<std::string>();
    }
  }

  Columns SetOperation(const json& node, Scope& scope) {
    Columns columns = Query(node["left"], &scope);
    const bool by_name = TextOf(node, "setop_type") == "UNION_BY_NAME";
    Columns right = Query(node["right"], &scope);
    for (std::size_t i = 0; i < right.size(); ++i) {
      OutputColumn* target = by_name ? FindIn(columns, right[i].name) : i < columns.size() ? &columns[i] : nullptr;
      if (target == nullptr) {
        columns.push_back(right[i]);
      } else {
        Add(*target, right[i], OriginKind::kIdentity);
      }
    }
    return columns;
  }

  Columns Recursive(const json& node, Scope& scope) {
    Columns columns = Query(node["left"], &scope);
    Rename(columns, node.value("aliases", json::array()));
    scope.ctes[Lower(TextOf(node, "cte_name"))] = columns;
    const Columns right = Query(node["right"], &scope);
    for (std::size_t i = 0; i < right.size() && i < columns.size(); ++i) {
      Add(columns[i], right[i], OriginKind::kExpression);
    }
    return columns;
  }

  Columns Select(const json& node, Scope& scope) {
    if (const auto from = node.find("from_table"); from != node.end() && from->is_object()) {
      AddRelations(*from, scope);
    }
    for (const json& item : node["select_list"]) {
      if (TextOf(item, "class") == "STAR") {
        Columns star = Star(item, scope);
        scope.aliases.insert(scope.aliases.end(), star.begin(), star.end());
        continue;
      }
      OutputColumn column = Expression(item, scope);
      column.name = NameOfItem(item);
      scope.aliases.push_back(std::move(column));
    }
    return std::move(scope.aliases);
  }

  static std::string NameOfItem(const json& item) {
    std::string alias = TextOf(item, "alias");
    if (alias.empty() && TextOf(item, "class") == "COLUMN_REF") {
      return item["column_names"].back().get<std::string>();
    }
    return alias;
  }

  void AddRelations(const json& from, Scope& scope) {
    const std::string type = TextOf(from, "type");
    if (type == "JOIN") {
      AddRelations(from["left"], scope);
      const std::string join = TextOf(from, "join_type");
      Scope unseen{.outer = &scope};
      AddRelations(from["right"], join == "SEMI" || join == "ANTI" ? unseen : scope);
      for (const json& name : from.value("using_columns", json::array())) {
        scope.merged.push_back(name.get<std::string>());
      }
      return;
    }
    Relation relation{.alias = TextOf(from, "alias")};
    if (type == "BASE_TABLE") {
      relation.columns = TableColumns(from, scope);
      relation.alias = relation.alias.empty() ? TextOf(from, "table_name") : relation.alias;
    } else if (type == "SUBQUERY") {
      relation.columns = Query(from["subquery"]["node"], &scope);
    } else if (type == "TABLE_FUNCTION") {
      relation.columns = FunctionColumns(from, scope);
    } else if (type == "EXPRESSION_LIST") {
      relation.columns = ListColumns(from, scope);
    }
    Rename(relation.columns, from.value("column_name_alias", json::array()));
    scope.relations.push_back(std::move(relation));
  }

  Columns TableColumns(const json& from, const Scope& scope) {
    const TableName table{TextOf(from, "schema_name"), TextOf(from, "table_name")};
    if (table.schema.empty()) {
      for (const Scope* at = &scope; at != nullptr; at = at->outer) {
        if (const auto cte = at->ctes.find(Lower(table.table)); cte != at->ctes.end()) {
          return cte->second;
        }
      }
    }
    Columns columns;
    for (std::string& name : columns_of_(table)) {
      columns.push_back({.name = name, .origins = {{table, name}}});
    }
    return columns;
  }

  // Any column of a table function is made from all its arguments.
  Columns FunctionColumns(const json& from, const Scope& scope) {
    OutputColumn column{.name = TextOf(from["function"], "function_name")};
    Gather(from["function"], scope, column, OriginKind::kExpression);
    return Columns(std::max<std::size_t>(from.value("column_name_alias", json::array()).size(), 1), column);
  }

  Columns ListColumns(const json& from, const Scope& scope) {
    Columns columns;
    for (const json& row : from["values"]) {
      columns.resize(std::max(columns.size(), row.size()));
      for (std::size_t i = 0; i < row.size(); ++i) {
        Add(columns[i], Expression(row[i], scope), OriginKind::kIdentity);
      }
    }
    return columns;
  }

  Columns Star(const json& item, const Scope& scope) {
    const std::string of = TextOf(item, "relation_name");
    Columns columns;
    std::vector<std::string> shown;
    for (const Relation& relation : scope.relations) {
      if (!of.empty() && !SameName(of, relation.alias)) {
        continue;
      }
      for (const OutputColumn& column : relation.columns) {
        const bool is_merged = of.empty() && Contains(scope.merged, column.name);
        if (Excludes(item, column.name) || (is_merged && Contains(shown, column.name))) {
          continue;
        }
        shown.push_back(column.name);
        columns.push_back(Replaced(item, column, scope));
      }
    }
    return columns;
  }

  static bool Contains(const std::vector<std::string>& names, const std::string& name) {
    return std::ranges::any_of(names, [&](const std::string& each) { return SameName(each, name); });
  }

  static bool Excludes(const json& item, const std::string& name) {
    for (const char* list : {"exclude_list", "qualified_exclude_list"}) {
      for (const json& excluded : item.value(list, json::array())) {
        const std::string text = excluded.is_object() ? TextOf(excluded, "column") : excluded.get<std::string>();
        if (SameName(text, name)) {
          return true;
        }
      }
    }
    return false;
  }

  OutputColumn Replaced(const json& item, const OutputColumn& column, const Scope& scope) {
    for (const json& entry : item.value("replace_list", json::array())) {
      if (SameName(TextOf(entry, "key"), column.name)) {
        OutputColumn replaced = Expression(entry["value"], scope);
        replaced.name = column.name;
        return replaced;
      }
    }
    return column;
  }

  OutputColumn Expression(const json& expression, const Scope& scope) {
    OutputColumn column;
    if (TextOf(expression, "class") == "COLUMN_REF") {
      if (const OutputColumn* found = Find(expression["column_names"], scope)) {
        column = *found;
      }
      return column;
    }
    Gather(expression, scope, column, OriginKind::kExpression);
    return column;
  }

  // Adds what every column named within `value` stands for.
  void Gather(const json& value, const Scope& scope, OutputColumn& column, OriginKind kind) {
    if (value.is_array()) {
      for (const json& child : value) {
        Gather(child, scope, column, kind);
      }
      return;
    }
    if (!value.is_object()) {
      return;
    }
    const std::string klass = TextOf(value, "class");
    if (klass == "COLUMN_REF") {
      if (const OutputColumn* found = Find(value["column_names"], scope)) {
        Add(column, *found, kind);
      }
    } else if (klass == "SUBQUERY") {
      GatherSubquery(value, scope, column, kind);
    } else if (klass == "LAMBDA") {
      Scope inner{.outer = &scope};
      CollectNames(value["lhs"], inner.lambdas);
      Gather(value["expr"], inner, column, kind);
    } else {
      const OriginKind below = Aggregates(value, klass) ? OriginKind::kAggregate : kind;
      column.kind = std::max(column.kind, klass == "CONSTANT" ? column.kind : below);
      for (const auto& [name, child] : value.items()) {
        if (name != "partitions" && name != "orders" && name != "order_bys" && name != "filter") {
          Gather(child, scope, column, below);
        }
      }
    }
  }

  static bool Aggregates(const json& value, const std::string& klass) {
    return klass == "WINDOW" ||
           (klass == "FUNCTION" &&
            std::ranges::find(kAggregates, Lower(TextOf(value, "function_name"))) != kAggregates.end());
  }

  void GatherSubquery(const json& value, const Scope& scope, OutputColumn& column, OriginKind kind) {
    const Columns columns = Query(value["subquery"]["node"], &scope);
    if (TextOf(value, "subquery_type") == "SCALAR" && !columns.empty()) {
      Add(column, columns.front(), kind);
    }
    if (const auto child = value.find("child"); child != value.end()) {
      Gather(*child, scope, column, kind);
    }
  }

  static void CollectNames(const json& value, std::vector<std::string>& names) {
    if (value.is_object() && TextOf(value, "class") == "COLUMN_REF") {
      names.push_back(value["column_names"][0].get<std::string>());
    } else if (value.is_structured()) {
      for (const json& child : value) {
        CollectNames(child, names);
      }
    }
  }

  static OutputColumn* FindIn(Columns& columns, const std::string& name) {
    const auto found = std::ranges::find_if(columns, [&](const OutputColumn& c) { return SameName(c.name, name); });
    return found == columns.end() ? nullptr : &*found;
  }

  static const OutputColumn* FindIn(const Columns& columns, const std::string& name) {
    const auto found = std::ranges::find_if(columns, [&](const OutputColumn& c) { return SameName(c.name, name); });
    return found == columns.end() ? nullptr : &*found;
  }

  // A name is a column, a relation's column, a table's column with its schema, or one of these with a field behind it.
  static const OutputColumn* Find(const json& names, const Scope& scope) {
    const auto text = [&](std::size_t i) { return names[i].get<std::string>(); };
    for (const Scope* at = &scope; at != nullptr; at = at->outer) {
      if (Contains(at->lambdas, text(0))) {
        return nullptr;
      }
      for (std::size_t first = 0; first + 1 < names.size() && first < 2; ++first) {
        for (const Relation& relation : at->relations) {
          if (!SameName(relation.alias, text(first))) {
            continue;
          }
          if (const OutputColumn* found = FindIn(relation.columns, text(first + 1))) {
            return found;
          }
        }
      }
      for (const Relation& relation : at->relations) {
        if (const OutputColumn* found = FindIn(relation.columns, text(0))) {
          return found;
        }
      }
      if (const OutputColumn* found = FindIn(at->aliases, text(0))) {
        return found;
      }
    }
    return nullptr;
  }

  const ColumnsOf& columns_of_;
};

}  // namespace

const char* NameOf(OriginKind kind) {
  switch (kind) {
    case OriginKind::kIdentity:
      return "identity";
    case OriginKind::kExpression:
      return "expression";
    case OriginKind::kAggregate:
      return "aggregate";
  }
  return "";
}

std::vector<OutputColumn> TraceColumns(const nlohmann::json& node, const ColumnsOf& columns_of) {
  return Tracer(columns_of).Query(node, nullptr);
}

}  // namespace pluginlake::assets
