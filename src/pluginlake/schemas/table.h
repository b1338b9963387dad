// What a table of the lake looks like, read from the field tables in data/, and the DDL that makes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::schemas {

// Number of the layout that data/ describes; raised when a release changes a table.
inline constexpr std::int64_t kLayoutVersion = 1;

// One column. `type` is DuckDB's own name of the type, as duckdb_columns() shows it.
struct Field {
  std::string name;
  std::string type;
  bool required = false;
  std::string description;
};

// One table with its columns in order.
struct Table {
  std::string schema;
  std::string name;
  std::vector<Field> fields;

  std::string QualifiedName() const { return schema + "." + name; }
};

// Returns the schemas that every station has, in the order they are made.
std::vector<std::string> StationSchemas();

// Returns the tables that every station has from `init` on: raw, quality and lineage.
std::vector<Table> StationTables();

// Reads a field table (columns table,column,type,required,description; the description may hold commas). Throws
// internal if a line is not of that form: the files are ours.
std::vector<Table> ReadFieldTable(std::string_view schema, std::string_view csv);

// Returns DDL, for the connection's current catalog.
std::string CreateSchemaStatement(std::string_view schema);
std::string CreateTableStatement(const Table& table);
std::string AddColumnStatement(const Table& table, const Field& field);

}  // namespace pluginlake::schemas
