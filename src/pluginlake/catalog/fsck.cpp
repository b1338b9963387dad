// Runs the checks one after the other; each adds its findings.
#include "pluginlake/catalog/fsck.h"

#include <fmt/format.h>

#include <functional>
#include <string_view>
#include <utility>

#include "catalog/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/catalog/attach.h"
#include "pluginlake/catalog/fsck_files.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/schemas/check.h"

namespace pluginlake::catalog {
namespace {

using Pair = std::pair<std::string, std::string>;

// Returns the first two columns, as text, of every row that `statement` answers with.
std::vector<Pair> TextPairs(duck::Connection& connection, std::string_view statement,
                            std::initializer_list<duck::Value> values) {
  std::vector<Pair> pairs;
  duck::Result result = connection.Query(statement, values);
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      pairs.emplace_back(chunk->Text(0, row), chunk->Text(1, row));
    }
  }
  return pairs;
}

void CheckCatalogFile(Lake& lake, FsckReport& report) {
  if (lake.project().is_postgres()) {
    return;
  }
  duck::Connection connection = lake.Connect();
  duck::Result result = connection.Query(sql::kIntegrityCheck, {MetadataCatalog(lake.project())});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      if (chunk->Text(0, row) != "ok") {
        report.findings.push_back({"catalog_damaged", CatalogFile(lake.project()), std::string(chunk->Text(0, row))});
      }
    }
  }
}

void CheckTablesStand(duck::Connection& connection, Lake& lake, FsckReport& report) {
  const std::vector<schemas::Table> standing = StandingTables(connection, lake.project());
  for (const schemas::TableDifference& difference : schemas::CheckTables(schemas::StationTables(), standing)) {
    report.findings.push_back({"table_differs", difference.table.QualifiedName(), schemas::Describe(difference)});
  }
  for (const schemas::View& view : schemas::MissingViews(schemas::StationViews(), standing)) {
    report.findings.push_back({"table_differs", view.QualifiedName(), "the view is missing"});
  }
}

bool HasDifferences(const FsckReport& report) {
  for (const Finding& finding : report.findings) {
    if (finding.code == "table_differs") {
      return true;
    }
  }
  return false;
}

void CheckLineage(duck::Connection& connection, Lake& lake, FsckReport& report) {
  for (const auto& [snapshot_id, run_id] : TextPairs(connection, sql::kSnapshotsWithoutRun, {lake.project().alias})) {
    report.findings.push_back(
        {"lineage_missing", "snapshot " + snapshot_id, fmt::format("lineage.run has no row of its run {}", run_id)});
  }
  for (const auto& [snapshot_id, run_id] : TextPairs(connection, sql::kRunsAhead, {lake.project().alias})) {
    report.findings.push_back({"lineage_ahead", "snapshot " + snapshot_id,
                               fmt::format("the run {} names a snapshot that the lake has not reached", run_id)});
  }
}

void CheckVersions(duck::Connection& connection, FsckReport& report) {
  for (const auto& [resource_type, count] : TextPairs(connection, sql::kDoubledVersions, {})) {
    report.findings.push_back({"version_doubled", "raw.fhir_resource",
                               fmt::format("{} versions of {} stand more than once", count, resource_type)});
  }
}

void CheckRowsOfTables(Lake& lake, FsckReport& report) {
  duck::Connection connection = lake.Connect();
  CheckTablesStand(connection, lake, report);
  if (HasDifferences(report)) {
    return;  // the questions below are about tables as they should be
  }
  for (const Finding& finding : report.findings) {
    if (finding.code.starts_with("file_") && finding.code != "file_orphaned") {
      return;  // rows cannot be read while a file is broken
    }
  }
  CheckLineage(connection, lake, report);
  CheckVersions(connection, report);
}

}  // namespace

FsckReport Fsck(const core::Principal& principal, Writer& writer, const FsckRequest& request) {
  RequireOperator(principal);
  FsckReport report;
  writer.Exclusively([&](Lake& lake) {
    duck::Connection connection = lake.Connect();
    report.snapshot_id = lake.CurrentSnapshot(connection);
    report.snapshots = static_cast<std::uint64_t>(lake.ConnectMetadata().QueryInt64(sql::kSnapshotCount).value_or(0));
    CheckCatalogFile(lake, report);
    CheckFiles(lake, request, report);
    CheckRowsOfTables(lake, report);
  });
  return report;
}

}  // namespace pluginlake::catalog
