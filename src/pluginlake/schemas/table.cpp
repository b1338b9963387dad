// Reads the embedded field tables and writes DDL from them.
#include "pluginlake/schemas/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "pluginlake/core/error.h"
#include "schemas/data.h"
#include "schemas/seed.h"

namespace pluginlake::schemas {
namespace {

// Cuts `text` before the first `end` and leaves what follows in `text`; nullopt if there is no `end`.
std::optional<std::string_view> Cut(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  const std::string_view before = text.substr(0, at);
  text.remove_prefix(at + 1);
  return before;
}

// The vocabulary tables of the Common Data Model; what else is in vocab is our own.
constexpr std::array<std::string_view, 10> kCdmVocabularyTables = {
    "concept",      "vocabulary",      "domain",           "concept_class", "concept_relationship",
    "relationship", "concept_synonym", "concept_ancestor", "drug_strength", "source_to_concept_map"};

struct Line {
  std::string_view table;
  Field field;
};

Line ReadLine(std::string_view line) {
  std::array<std::string_view, 4> cells;
  for (std::string_view& cell : cells) {
    const std::optional<std::string_view> found = Cut(line, ',');
    PL_CHECK(found.has_value(), "a field table has a line with too few columns");
    cell = *found;
  }
  return Line{.table = cells[0],
              .field = {.name = std::string(cells[1]),
                        .type = std::string(cells[2]),
                        .required = cells[3] == "yes",
                        .description = std::string(line)}};
}

std::string Quoted(std::string_view name) { return fmt::format("\"{}\"", name); }

std::string ColumnDefinition(const Field& field) {
  return fmt::format("{} {}{}", Quoted(field.name), field.type, field.required ? " NOT NULL" : "");
}

}  // namespace

std::vector<std::string> StationSchemas() { return {"raw", "fhir", "vocab", "omop", "quality", "lineage"}; }

std::vector<Table> ReadFieldTable(std::string_view schema, std::string_view csv) {
  std::vector<Table> tables;
  PL_CHECK(Cut(csv, '\n') == "table,column,type,required,description", "a field table has another head line");
  while (const std::optional<std::string_view> text = Cut(csv, '\n')) {
    Line line = ReadLine(*text);
    if (tables.empty() || tables.back().name != line.table) {
      tables.push_back({.schema = std::string(schema), .name = std::string(line.table)});
    }
    tables.back().fields.push_back(std::move(line.field));
  }
  return tables;
}

std::vector<Table> StationTables() {
  std::vector<Table> tables;
  for (const auto& [schema, csv] : data::kAll) {
    for (Table& table : ReadFieldTable(schema, csv)) {
      tables.push_back(std::move(table));
    }
  }
  return tables;
}

std::vector<View> StationViews() {
  std::vector<View> views;
  for (Table& table : ReadFieldTable("vocab", data::kVocab)) {
    if (std::ranges::find(kCdmVocabularyTables, table.name) != kCdmVocabularyTables.end()) {
      views.push_back({.schema = "omop", .shown = std::move(table)});
    }
  }
  return views;
}

std::vector<Seed> StationSeeds() {
  std::vector<Seed> seeds;
  for (const auto& [table, csv] : seed::kAll) {
    seeds.push_back({.table = table, .csv = csv});
  }
  return seeds;
}

bool HasSmallWrites(std::string_view schema) { return schema != "omop" && schema != "vocab"; }

std::string CreateSchemaStatement(std::string_view schema) { return "CREATE SCHEMA IF NOT EXISTS " + Quoted(schema); }

std::string CreateTableStatement(const Table& table) {
  std::string columns;
  for (const Field& field : table.fields) {
    columns += (columns.empty() ? "" : ", ") + ColumnDefinition(field);
  }
  return fmt::format("CREATE TABLE {}.{} ({})", Quoted(table.schema), Quoted(table.name), columns);
}

std::string DropTableStatement(const Table& table) {
  return fmt::format("DROP TABLE {}.{}", Quoted(table.schema), Quoted(table.name));
}

std::string CreateViewStatement(const View& view) {
  return fmt::format("CREATE VIEW {}.{} AS SELECT * FROM {}.{}", Quoted(view.schema), Quoted(view.shown.name),
                     Quoted(view.shown.schema), Quoted(view.shown.name));
}

std::string AddColumnStatement(const Table& table, const Field& field) {
  // A column that is added to rows that stand cannot be NOT NULL.
  return fmt::format("ALTER TABLE {}.{} ADD COLUMN {} {}", Quoted(table.schema), Quoted(table.name), Quoted(field.name),
                     field.type);
}

std::string InsertFromParquetStatement(const Table& table) {
  return fmt::format("INSERT INTO {}.{} BY NAME SELECT * FROM read_parquet($1)", Quoted(table.schema),
                     Quoted(table.name));
}

}  // namespace pluginlake::schemas
