// What a table of the lake looks like, read from the field tables in data/, and the DDL that makes it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::schemas {

// Number of the layout that data/ describes; raised when a release changes a table.
inline constexpr std::int64_t kLayoutVersion = 5;

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

// A table that is also shown in another schema, as `SELECT *` of it.
struct View {
  std::string schema;
  Table shown;

  std::string QualifiedName() const { return schema + "." + shown.name; }
};

// Returns the schemas that every station has, in the order they are made.
std::vector<std::string> StationSchemas();

// Returns the tables that every station has from `init` on: lineage, omop, quality, raw and vocab.
std::vector<Table> StationTables();

// Returns the views that every station has: OHDSI tools expect the vocabulary tables beside the clinical ones in omop.
std::vector<View> StationViews();

// Rows that a table of every station begins with, and that a release may change: CSV with a head line.
struct Seed {
  std::string_view table;  // of schema vocab
  std::string_view csv;
};

// Returns what seed/ holds: code_system, unit_alias and vocabulary_licence.
std::vector<Seed> StationSeeds();

// Says whether rows of the schema are few and come often, so that small writes are better kept in the catalog.
bool HasSmallWrites(std::string_view schema);

// Reads a field table (columns table,column,type,required,description; the description may hold commas). Throws
// internal if a line is not of that form: the files are ours.
std::vector<Table> ReadFieldTable(std::string_view schema, std::string_view csv);

// Returns DDL, for the connection's current catalog.
std::string CreateSchemaStatement(std::string_view schema);
std::string CreateTableStatement(const Table& table);
std::string DropTableStatement(const Table& table);
std::string CreateViewStatement(const View& view);
std::string AddColumnStatement(const Table& table, const Field& field);

// Returns the statement that appends the rows of the Parquet file $1, columns by name.
std::string InsertFromParquetStatement(const Table& table);

}  // namespace pluginlake::schemas
