// Reads one SELECT into DuckDB's own tree and finds the tables and settings that it asks for.
#pragma once

#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/assets/asset.h"
#include "pluginlake/assets/declaration.h"

namespace pluginlake::duck {
class Connection;
}

namespace pluginlake::assets {

// A SELECT as json_serialize_sql gives it.
struct SqlTree {
  nlohmann::json node;              // the query node: SELECT_NODE, SET_OPERATION_NODE, …
  std::set<TableName> tables;       // tables read, names of common table expressions left out
  std::set<std::string> variables;  // names in getvariable('name')
};

// A statement with the place it stands, for messages.
struct SqlText {
  std::string_view sql;
  std::string_view path;
  std::string_view free_name = {};  // a table that may be named without its schema
};

// Parses SELECTs; nothing is bound, so tables need not exist. Not thread-safe.
class SelectParser {
 public:
  explicit SelectParser(duck::Connection& connection) : connection_(connection) {}

  // Says that `sql` will be parsed. What is announced goes to DuckDB together: statements of their own would cost more
  // than all else of a small asset.
  void Announce(std::string_view sql);

  // Returns what is wrong, with its line: no text, no SELECT, a syntax error, a table without schema or with a catalog,
  // a table function that reads what lineage cannot see.
  std::optional<Problem> Parse(const SqlText& text, SqlTree& tree);

 private:
  void Serialize();

  duck::Connection& connection_;
  std::vector<std::string> announced_;
  std::map<std::string, std::string, std::less<>> serialized_;  // DuckDB's answers, by SQL
};

// Parses one SELECT, as SelectParser does.
std::optional<Problem> ParseSelect(duck::Connection& connection, const SqlText& text, SqlTree& tree);

}  // namespace pluginlake::assets
