// Collects the staged files of each table and hands them over.
#include "pluginlake/omop/release_commit.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "omop/sql.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/replace_table.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/omop/athena_tables.h"
#include "pluginlake/omop/staging.h"

namespace pluginlake::omop {
namespace {

struct Replacement {
  schemas::Table table;
  std::vector<std::string> files;
  std::uint64_t rows = 0;
};

// Leaves files without rows out: every read would open them.
Replacement ReplacementOf(Staging& staging, schemas::Table table) {
  Replacement replacement{.table = std::move(table), .files = {}, .rows = 0};
  for (const std::string& name :
       {replacement.table.name, "kept_" + replacement.table.name, "derived_" + replacement.table.name}) {
    const std::int64_t rows =
        staging.HasFile(name) ? staging.connection().QueryInt64(sql::kStagedRows, {staging.PathOf(name)}).value_or(0)
                              : 0;
    if (rows > 0) {
      replacement.files.push_back(staging.PathOf(name));
      replacement.rows += static_cast<std::uint64_t>(rows);
    }
  }
  return replacement;
}

std::vector<Replacement> ReplacementsOf(Staging& staging) {
  std::vector<Replacement> replacements;
  for (AthenaTable& table : AthenaTables()) {
    replacements.push_back(ReplacementOf(staging, std::move(table.table)));
  }
  replacements.push_back(ReplacementOf(staging, VocabTable("code_target")));
  if (staging.HasFile("derived_dhd_mapping")) {
    replacements.push_back(ReplacementOf(staging, VocabTable("dhd_mapping")));
  }
  return replacements;
}

void NoteRelease(duck::Connection& connection, const ReleaseCommit& commit, std::int64_t snapshot_id) {
  const duck::Value release = commit.release.empty() ? duck::Value() : duck::Value(std::string_view(commit.release));
  connection.Query(sql::kInsertRelease, {commit.name, release, snapshot_id, commit.info.run_id, commit.source,
                                         commit.partial, static_cast<std::int64_t>(commit.findings)});
}

}  // namespace

CommittedRelease CommitRelease(catalog::Lake& lake, catalog::Writer& writer, Staging& staging,
                               const core::Principal& principal, ReleaseCommit commit) {
  CommittedRelease committed;
  const std::vector<Replacement> replacements = ReplacementsOf(staging);
  for (const Replacement& replacement : replacements) {
    committed.tables[replacement.table.name] = replacement.rows;
    commit.info.assets.push_back("vocab/" + replacement.table.name);
  }
  const auto work = [&](duck::Connection& connection, std::int64_t next_snapshot_id) {
    for (const LocalIds& ids : commit.local_ids) {
      ClaimLocalIds(connection, ids);
    }
    for (const Replacement& replacement : replacements) {
      catalog::ReplaceTable(connection, lake, replacement.table, replacement.files);
    }
    NoteRelease(connection, commit, next_snapshot_id);
    core::FaultPoint("vocab.in_commit");
    return catalog::CommitOutcome{.changed = true,
                                  .inputs = commit.inputs,
                                  .counts_json = nlohmann::json(committed.tables).dump(),
                                  .column_edges = {}};
  };
  committed.snapshot_id = writer.Commit(principal, commit.info, work);
  return committed;
}

}  // namespace pluginlake::omop
