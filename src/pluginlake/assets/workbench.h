// The place where assets are computed: a database in memory whose schemas look like the lake's, beside the lake.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/assets/asset.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::assets {

// While it lives, the instance plans without statistics of columns, for statements that leave the planner no choice:
// DuckLake asks its catalog for those once a column, which takes far longer than to read a few rows.
class PlainPlans {
 public:
  explicit PlainPlans(duck::Connection& connection);
  ~PlainPlans();
  PlainPlans(const PlainPlans&) = delete;
  PlainPlans& operator=(const PlainPlans&) = delete;

 private:
  duck::Connection& connection_;
};

// An asset's SELECT reads `fhir.patient` and never says where that lies: whoever runs it decides by Show(). What it
// returns is staged here until it is written, or thrown away. Spills to the instance's temporary folder. One an
// instance at a time; not thread-safe.
class Workbench {
 public:
  // `variables` are the settings that SQL asks for by getvariable('name'); the built-in macros are made.
  Workbench(duck::Database& database, const std::map<std::string, std::string>& variables);
  ~Workbench();
  Workbench(const Workbench&) = delete;
  Workbench& operator=(const Workbench&) = delete;

  duck::Connection& connection() { return connection_; }
  duck::Database& database() { return database_; }

  // Lets SQL read `table` as the rows that `select` returns; what was shown before under that name is replaced.
  void Show(const TableName& table, const std::string& select);

  // Makes the staged rows of `table` from a SELECT, in no order. With `declared` columns the rows get those names and
  // types, by name; columns the SELECT lacks are NULL. Returns the number of rows.
  std::uint64_t Stage(const TableName& table, const std::string& select, const std::vector<duck::Column>& declared);
  // Makes an empty staged table.
  void StageEmpty(const TableName& table, const std::vector<duck::Column>& columns);
  bool IsStaged(const TableName& table) const { return staged_.contains(table); }
  void DropStaged(const TableName& table);
  void DropAllStaged();
  // Returns the staged table's name in SQL.
  static std::string Staged(const TableName& table);
  // Returns the staged table's columns in order.
  const std::vector<duck::Column>& ColumnsOf(const TableName& table) const { return staged_.at(table); }

  // Makes a table of this place from a SELECT with bound values and returns its name in SQL; it lives as long as this
  // object.
  std::string Keep(std::string_view purpose, const std::string& select, std::initializer_list<duck::Value> values = {});

 private:
  void EnsureSchema(const std::string& name);
  std::vector<duck::Column> ColumnsIn(const std::string& table);

  duck::Database& database_;
  duck::Connection connection_;
  std::map<TableName, std::string> shown_;
  std::map<TableName, std::vector<duck::Column>> staged_;
  std::map<std::string, bool> schemas_;
  std::uint64_t kept_ = 0;
};

// Returns a column list for SQL: quoted names, separated by commas.
std::string ColumnList(const std::vector<duck::Column>& columns);

}  // namespace pluginlake::assets
