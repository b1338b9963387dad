// Full: the newest version of every resource. Otherwise: the images that table_changes gives since the cursor.
#include "pluginlake/assets/fhir_step.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "assets/sql.h"
#include "pluginlake/core/error.h"
#include "pluginlake/duck/appender.h"

namespace pluginlake::assets {
namespace {

constexpr std::string_view kRowColumns =
    "resource_type, resource_id, resource_version, patient_id, batch_id, source, source_line, body";

std::string TypeList(const std::vector<const Asset*>& assets) {
  std::set<std::string> types;
  for (const Asset* asset : assets) {
    if (asset->is_view()) {
      types.insert(duck::QuoteLiteral(fhir::View::Compile(asset->view)->resource_type()));
    }
  }
  std::string list;
  for (const std::string& type : types) {
    list += (list.empty() ? "" : ", ") + type;
  }
  return list;
}

}  // namespace

FhirStep::FhirStep(Relations& relations, Compute& compute, const FlattenSettings& settings, core::Progress& progress,
                   const core::Cancellation& cancellation)
    : relations_(relations), compute_(compute), settings_(settings), progress_(progress), cancellation_(cancellation) {}

bool FhirStep::Takes(const Asset& asset) { return asset.is_view() || asset.table() == ResourceIndex(); }

std::set<std::string> FhirStep::ChangedTypes(Relations& relations, std::int64_t cursor) {
  duck::Result result = relations.workbench().connection().Query(
      sql::kChangedTypes, {std::string_view(relations.project().alias), cursor, relations.snapshot_id()});
  const std::vector<std::string> types = result.Texts();
  return {types.begin(), types.end()};
}

FhirOutcome FhirStep::Run(const std::vector<FhirRequest>& requests) {
  FhirOutcome outcome;
  std::vector<const Asset*> full;
  std::map<std::int64_t, std::vector<const Asset*>> by_cursor;
  for (const FhirRequest& request : requests) {
    (request.cursor ? by_cursor[*request.cursor] : full).push_back(request.asset);
  }
  if (!full.empty()) {
    RunFull(full, outcome);
  }
  for (const auto& [cursor, assets] : by_cursor) {
    RunChanged(assets, cursor, outcome);
  }
  return outcome;
}

void FhirStep::RunFull(const std::vector<const Asset*>& assets, FhirOutcome& outcome) {
  Workbench& workbench = relations_.workbench();
  workbench.Show(RawResources(), relations_.Rows(RawResources()));
  for (const Asset* asset : assets) {
    if (!asset->is_view()) {
      workbench.Stage(asset->table(), asset->sql, {});
    }
  }
  if (!TypeList(assets).empty()) {
    workbench.Show({"main", "newest_resource"}, std::string(sql::kNewestResources));
    StageViews(assets,
               fmt::format("SELECT {} FROM work.main.newest_resource WHERE resource_type IN ({})", kRowColumns,
                           TypeList(assets)),
               outcome);
  }
  for (const Asset* asset : assets) {
    outcome.computed[asset->key] = compute_.Compare(*asset, std::nullopt);
  }
}

void FhirStep::RunChanged(const std::vector<const Asset*>& assets, std::int64_t cursor, FhirOutcome& outcome) {
  Workbench& workbench = relations_.workbench();
  const Changes changes = GatherChanges(cursor);
  for (const Asset* asset : assets) {
    if (!asset->is_view()) {
      workbench.Stage(asset->table(),
                      fmt::format("SELECT {} FROM {} WHERE NOT deleted",
                                  ColumnList(relations_.ColumnsInLake(asset->table())), changes.table),
                      {});
    }
  }
  if (!TypeList(assets).empty()) {
    StageViews(assets,
               fmt::format("SELECT {} FROM {} WHERE NOT deleted AND resource_type IN ({})", kRowColumns, changes.table,
                           TypeList(assets)),
               outcome);
  }
  for (const Asset* asset : assets) {
    outcome.read[asset->key] = changes.ids.count;
    Finish(*asset, changes, outcome);
  }
}

FhirStep::Changes FhirStep::GatherChanges(std::int64_t cursor) {
  duck::Connection& connection = relations_.workbench().connection();
  Changes changes;
  changes.table = relations_.workbench().Keep(
      "images", fmt::format("SELECT *, NULL::VARCHAR AS view_error FROM ({}\n)", sql::kResourceImages),
      {std::string_view(relations_.project().alias), cursor, relations_.snapshot_id()});
  // A rewritten version counts only if it is still the one that stands.
  if (connection.QueryInt64(fmt::format("SELECT count(*) FROM {} WHERE NOT came_in", changes.table)) != 0) {
    connection.Query(fmt::format(
        "DELETE FROM {0} AS i WHERE NOT came_in AND NOT EXISTS (SELECT 1 FROM ({1}) AS s WHERE s.reference = "
        "i.reference AND s.resource_version = i.resource_version)",
        changes.table, relations_.LakeRows(ResourceIndex())));
  }
  changes.only_new = connection.QueryInt64(fmt::format(
                         "SELECT count(*) FROM {} WHERE resource_version > 1 OR NOT came_in", changes.table)) == 0;
  changes.ids = relations_.Keys("SELECT resource_id FROM " + changes.table, "resource_id");
  changes.references = relations_.Keys("SELECT reference FROM " + changes.table, "reference");
  return changes;
}

void FhirStep::StageViews(const std::vector<const Asset*>& assets, const std::string& from, FhirOutcome& outcome) {
  std::vector<FlattenTarget> targets;
  for (const Asset* asset : assets) {
    if (asset->is_view()) {
      targets.push_back({asset->table(), fhir::View::Compile(asset->view), !asset->is_built_in});
    }
  }
  const FlattenResult result = Flatten({relations_.workbench(), settings_, progress_, cancellation_}, targets, from);
  outcome.warnings += result.warnings;
  for (const auto& [table, resource] : result.left_out) {
    outcome.remarks.emplace(KeyOf(table), fmt::format("leaves out resources that do not fit, as {}/{}: {}",
                                                      resource.resource_type, resource.resource_id, resource.message));
  }
  MarkRefused(result.refused);
}

// The index says which resources the built-in views could not take, so that the accounts can.
void FhirStep::MarkRefused(const std::vector<RefusedResource>& refused) {
  Workbench& workbench = relations_.workbench();
  if (refused.empty() || !workbench.IsStaged(ResourceIndex())) {
    return;
  }
  const std::string table =
      workbench.Keep("refused", "SELECT ''::VARCHAR AS reference, ''::VARCHAR AS message LIMIT 0");
  duck::Appender appender(workbench.connection(), {"work", "_kept", table.substr(table.rfind('.') + 1)});
  for (const RefusedResource& resource : refused) {
    const std::string reference = resource.resource_type + "/" + resource.resource_id;
    appender.AppendRow({std::string_view(reference), std::string_view(resource.message)});
  }
  appender.Close();
  workbench.connection().Query(
      fmt::format("UPDATE {} AS i SET view_error = r.message FROM {} AS r WHERE i.reference = r.reference",
                  Workbench::Staged(ResourceIndex()), table));
}

void FhirStep::Finish(const Asset& asset, const Changes& changes, FhirOutcome& outcome) {
  const KeySet& keys = asset.is_view() ? changes.ids : changes.references;
  if (!changes.only_new || keys.empty()) {
    outcome.computed[asset.key] = compute_.Compare(asset, keys);
    return;
  }
  // What is seen for the first time has no rows that could be compared.
  const KeySet made = relations_.Keys(
      fmt::format("SELECT {} FROM {}", duck::QuoteIdentifier(asset.key_column), Workbench::Staged(asset.table())),
      asset.key_column);
  Computed computed{.standing = made.empty() ? Standing::kStands : Standing::kChanged, .only_new = true};
  if (made.empty()) {
    relations_.Forget(asset.table());
  } else {
    relations_.SetChanged(asset.table(), made);
  }
  outcome.computed[asset.key] = computed;
}

}  // namespace pluginlake::assets
