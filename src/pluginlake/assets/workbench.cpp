// Keeps a database in memory named `work`: views for what is read, tables for what is staged.
#include "pluginlake/assets/workbench.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pluginlake/assets/pack.h"
#include "pluginlake/core/error.h"

namespace pluginlake::assets {
namespace {

constexpr std::string_view kStagedSchema = "_staged";
constexpr std::string_view kKeptSchema = "_kept";

std::string Quoted(const TableName& table) {
  return fmt::format("work.{}.{}", duck::QuoteIdentifier(table.schema), duck::QuoteIdentifier(table.table));
}

// Says whether the kind of a type does not name it whole.
bool IsNested(const duck::Column& column) {
  constexpr std::array<std::string_view, 7> kKinds = {"LIST", "STRUCT", "MAP", "ARRAY", "UNION", "ENUM", "UNKNOWN"};
  return std::ranges::find(kKinds, column.type) != kKinds.end();
}

std::string Definition(const duck::Column& column) {
  return fmt::format("{} {}", duck::QuoteIdentifier(column.name), column.type);
}

}  // namespace

Workbench::Workbench(duck::Database& database, const std::map<std::string, std::string>& variables)
    : database_(database), connection_(database.Connect()) {
  connection_.Query("ATTACH ':memory:' AS work");
  connection_.Query("USE work");
  for (std::string_view schema : {kStagedSchema, kKeptSchema}) {
    EnsureSchema(std::string(schema));
  }
  for (const std::string& macro : BuiltInMacros()) {
    connection_.Query(macro);
  }
  for (const auto& [name, value] : variables) {
    connection_.Query(fmt::format("SET VARIABLE {} = {}", duck::QuoteIdentifier(name), duck::QuoteLiteral(value)));
  }
}

Workbench::~Workbench() {
  connection_.QueryIgnoringErrors("USE memory", {});
  connection_.QueryIgnoringErrors("DETACH work", {});
}

void Workbench::EnsureSchema(const std::string& name) {
  if (!schemas_[name]) {
    connection_.Query("CREATE SCHEMA IF NOT EXISTS work." + duck::QuoteIdentifier(name));
    schemas_[name] = true;
  }
}

void Workbench::Show(const TableName& table, const std::string& select) {
  std::string& shown = shown_[table];
  if (shown == select) {
    return;
  }
  EnsureSchema(table.schema);
  shown.clear();
  connection_.Query(fmt::format("CREATE OR REPLACE VIEW {} AS {}", Quoted(table), select));
  shown = select;
}

std::uint64_t Workbench::Stage(const TableName& table, const std::string& select,
                               const std::vector<duck::Column>& declared) {
  if (!declared.empty()) {
    StageEmpty(table, declared);
    return connection_.Query(fmt::format("INSERT INTO {} BY NAME SELECT * FROM ({}\n)", Staged(table), select))
        .rows_changed();
  }
  const std::optional<std::int64_t> rows =
      connection_.QueryInt64(fmt::format("CREATE OR REPLACE TABLE {} AS SELECT * FROM ({}\n)", Staged(table), select));
  staged_[table] = ColumnsIn(Staged(table));
  return static_cast<std::uint64_t>(rows.value_or(0));
}

// DESCRIBE spells types out to the last field, and costs three times as much as what is enough for most tables.
std::vector<duck::Column> Workbench::ColumnsIn(const std::string& table) {
  std::vector<duck::Column> columns = connection_.Describe("FROM " + table);
  if (std::ranges::none_of(columns, IsNested)) {
    return columns;
  }
  columns.clear();
  duck::Result described = connection_.Query("DESCRIBE " + table);
  while (std::optional<duck::Chunk> chunk = described.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      columns.push_back({std::string(chunk->Text(0, row)), std::string(chunk->Text(1, row))});
    }
  }
  return columns;
}

void Workbench::StageEmpty(const TableName& table, const std::vector<duck::Column>& columns) {
  std::string definitions;
  for (const duck::Column& column : columns) {
    definitions += (definitions.empty() ? "" : ", ") + Definition(column);
  }
  connection_.Query(fmt::format("CREATE OR REPLACE TABLE {} ({})", Staged(table), definitions));
  staged_[table] = columns;
}

void Workbench::DropStaged(const TableName& table) {
  if (staged_.erase(table) > 0) {
    connection_.Query("DROP TABLE IF EXISTS " + Staged(table));
  }
}

void Workbench::DropAllStaged() {
  connection_.Query(fmt::format("DROP SCHEMA work.{} CASCADE", kStagedSchema));
  connection_.Query(fmt::format("CREATE SCHEMA work.{}", kStagedSchema));
  staged_.clear();
}

std::string Workbench::Staged(const TableName& table) {
  return fmt::format("work.{}.{}", kStagedSchema, duck::QuoteIdentifier(table.text()));
}

PlainPlans::PlainPlans(duck::Connection& connection) : connection_(connection) {
  connection.Query("SET disabled_optimizers = 'statistics_propagation,join_order'");
}

PlainPlans::~PlainPlans() { connection_.QueryIgnoringErrors("RESET disabled_optimizers", {}); }

std::string Workbench::Keep(std::string_view purpose, const std::string& select,
                            std::initializer_list<duck::Value> values) {
  const std::string name = fmt::format("work.{}.{}_{}", kKeptSchema, purpose, ++kept_);
  connection_.Query(fmt::format("CREATE TABLE {} AS {}", name, select), values);
  return name;
}

std::string ColumnList(const std::vector<duck::Column>& columns) {
  std::string list;
  for (const duck::Column& column : columns) {
    list += (list.empty() ? "" : ", ") + duck::QuoteIdentifier(column.name);
  }
  return list;
}

}  // namespace pluginlake::assets
