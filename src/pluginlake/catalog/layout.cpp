// Compares the lake with the field tables and makes the difference.
#include "pluginlake/catalog/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "catalog/sql.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/version.h"
#include "pluginlake/schemas/check.h"

namespace pluginlake::catalog {
namespace {

constexpr std::int64_t kInlinedRowsMax = 100;

struct LakeOption {
  std::string_view name;
  std::string_view value;
};

// Bounds that keep a large ingest under its memory: a row group is buffered whole by each thread that writes, and a
// row of raw.fhir_resource may be many kilobytes. zstd at level 1 costs no more CPU than snappy and a third of the
// disk.
constexpr std::array kLakeOptions = {
    LakeOption{"parquet_compression", "zstd"},     LakeOption{"parquet_compression_level", "1"},
    LakeOption{"parquet_row_group_size", "20480"}, LakeOption{"parquet_row_group_size_bytes", "16MB"},
    LakeOption{"target_file_size", "256MB"},       LakeOption{"data_inlining_row_limit", "0"},
};

void SetOptions(duck::Connection& connection, const core::Project& project) {
  for (const LakeOption& option : kLakeOptions) {
    connection.Query(sql::kSetLakeOption, {project.alias, option.name, option.value});
  }
  connection.Query(sql::kSetLakeOption, {project.alias, "require_commit_message", true});
}

// Small writes of the station's own tables go into the catalog instead of a Parquet file a commit. Table by table: an
// inlined table may not have a column named row_id, and contracts name some so. The large tables of omop and vocab are
// written in bulk: they keep the lake's own limit of 0, and the sixty options less keep `init` quick.
void SetInlining(duck::Connection& connection, const core::Project& project) {
  duck::Transaction transaction(connection);  // one write to the catalog for all of them
  for (const schemas::Table& table : schemas::StationTables()) {
    const bool has_row_id = std::ranges::find(table.fields, "row_id", &schemas::Field::name) != table.fields.end();
    if (schemas::HasSmallWrites(table.schema) && !has_row_id) {
      connection.Query(sql::kSetTableOption,
                       {project.alias, "data_inlining_row_limit", kInlinedRowsMax, table.schema, table.name});
    }
  }
  transaction.Commit();
}

void Make(duck::Connection& connection, const schemas::TableDifference& difference) {
  switch (difference.difference) {
    case schemas::Difference::kMissingTable:
      connection.Query(schemas::CreateTableStatement(difference.table));
      return;
    case schemas::Difference::kMissingColumn:
      connection.Query(schemas::AddColumnStatement(difference.table, difference.field));
      return;
    case schemas::Difference::kOtherType:
      throw core::Error(core::ErrorKind::kConflict, "PL-0403",
                        fmt::format("The lake cannot be brought to this release: {}", schemas::Describe(difference)),
                        "Keep using the release that made the lake, and report this message.");
  }
}

void Fill(duck::Connection& connection, const schemas::Seed& seed) {
  constexpr std::array kStatements = {
      std::pair{std::string_view("code_system"), sql::kFillCodeSystem},
      std::pair{std::string_view("unit_alias"), sql::kFillUnitAlias},
      std::pair{std::string_view("vocabulary_licence"), sql::kFillVocabularyLicence},
  };
  const auto statement =
      std::ranges::find(kStatements, seed.table, &std::pair<std::string_view, std::string_view>::first);
  PL_CHECK(statement != kStatements.end(), "a seed has no statement that fills its table");
  connection.Query(statement->second, {seed.csv});
}

void LabelLayout(duck::Connection& connection, const core::Project& project) {
  LabelSnapshot(connection, project,
                {.author = "pluginlake",
                 .message = fmt::format("layout {} of the station's tables", schemas::kLayoutVersion),
                 .extra_info = fmt::format(R"({{"kind":"layout","layout":{}}})", schemas::kLayoutVersion)});
}

// All schema changes of a release are one commit.
void MakeMissing(duck::Connection& connection, const core::Project& project) {
  duck::Transaction transaction(connection);
  SetOptions(connection, project);
  for (const std::string& schema : schemas::StationSchemas()) {
    connection.Query(schemas::CreateSchemaStatement(schema));
  }
  const std::vector<schemas::Table> expected = schemas::StationTables();
  const std::vector<schemas::Table> standing = StandingTables(connection, project);
  for (const schemas::TableDifference& difference : schemas::CheckTables(expected, standing)) {
    Make(connection, difference);
  }
  for (const schemas::View& view : schemas::MissingViews(schemas::StationViews(), standing)) {
    connection.Query(schemas::CreateViewStatement(view));
  }
  for (const schemas::Seed& seed : schemas::StationSeeds()) {
    Fill(connection, seed);
  }
  LabelLayout(connection, project);
  transaction.Commit();
}

// Comes last: until it stands, the next opening brings the layout again.
void RecordLayout(duck::Connection& connection, const core::Project& project) {
  duck::Transaction transaction(connection);
  connection.Query(sql::kInsertLayoutVersion, {schemas::kLayoutVersion, core::kProgramVersion});
  LabelLayout(connection, project);
  transaction.Commit();
}

}  // namespace

std::vector<schemas::Table> StandingTables(duck::Connection& connection, const core::Project& project) {
  std::vector<schemas::Table> tables;
  duck::Result result = connection.Query(sql::kStandingColumns, {project.alias});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      const std::string_view schema = chunk->Text(0, row);
      const std::string_view name = chunk->Text(1, row);
      if (tables.empty() || tables.back().schema != schema || tables.back().name != name) {
        tables.push_back({.schema = std::string(schema), .name = std::string(name)});
      }
      tables.back().fields.push_back(
          {.name = std::string(chunk->Text(2, row)), .type = std::string(chunk->Text(3, row))});
    }
  }
  return tables;
}

void BringLayout(duck::Connection& connection, const core::Project& project) {
  MakeMissing(connection, project);
  SetInlining(connection, project);
  RecordLayout(connection, project);
}

std::int64_t StandingLayout(Lake& lake) {
  if (lake.ConnectMetadata().QueryInt64(sql::kLayoutTableStands) == 0) {
    return 0;  // an `init` that was killed half-way
  }
  const std::int64_t version = lake.Connect().QueryInt64(sql::kLayoutVersion).value_or(0);
  if (version > schemas::kLayoutVersion) {
    throw core::Error(
        core::ErrorKind::kConflict, "PL-0404",
        fmt::format("The lake has layout {}, this program knows up to {}", version, schemas::kLayoutVersion),
        "Install the release that wrote the lake last, or restore a backup of before.");
  }
  return version;
}

void LabelSnapshot(duck::Connection& connection, const core::Project& project, const SnapshotLabel& label) {
  connection.Query(sql::kSetCommitMessage, {project.alias, label.author, label.message, label.extra_info});
}

}  // namespace pluginlake::catalog
