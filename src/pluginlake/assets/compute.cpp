// Shows the inputs, runs the SELECT into a staged table, and compares by keys.
#include "pluginlake/assets/compute.h"

#include <fmt/format.h>

#include <algorithm>

#include "pluginlake/core/error.h"

namespace pluginlake::assets {
namespace {

// When more than this share of the keys differ, the table is written anew.
constexpr std::int64_t kReplaceShare = 2;

}  // namespace

Compute::Compute(const Graph& graph, Relations& relations, KeyBridge& bridge)
    : graph_(graph), relations_(relations), bridge_(bridge) {
  for (const schemas::Table& table : schemas::StationTables()) {
    declared_[{table.schema, table.name}] = table.fields;
  }
}

std::vector<duck::Column> Compute::DeclaredColumns(const TableName& table) const {
  std::vector<duck::Column> columns;
  if (const auto found = declared_.find(table); found != declared_.end()) {
    for (const schemas::Field& field : found->second) {
      columns.push_back({field.name, field.type});
    }
  }
  return columns;
}

std::vector<std::string> Compute::RequiredColumns(const TableName& table) const {
  std::vector<std::string> names;
  if (const auto found = declared_.find(table); found != declared_.end()) {
    for (const schemas::Field& field : found->second) {
      if (field.required) {
        names.push_back(field.name);
      }
    }
  }
  return names;
}

void Compute::ForgetStaged() {
  for (const auto& [table, keys] : covered_) {
    relations_.workbench().DropStaged(table);
  }
  covered_.clear();
}

Computed Compute::Run(const Asset& asset, const std::optional<KeySet>& keys) {
  ShowInputs(asset, keys);
  try {
    relations_.workbench().Stage(asset.table(), asset.sql, DeclaredColumns(asset.table()));
    return Compare(asset, keys);
  } catch (const core::Error&) {  // not an edge: what is half staged must not be read
    relations_.Forget(asset.table());
    throw;
  }
}

Computed Compute::RunAppend(const Asset& asset, std::int64_t cursor) {
  const std::optional<TableName> growing = asset.growing_input();
  PL_CHECK(growing.has_value(), "an asset that appends has no growing input");
  ShowInputs(asset, std::nullopt);
  Workbench& workbench = relations_.workbench();
  workbench.Show(*growing,
                 fmt::format("SELECT {} FROM ducklake_table_changes({}, {}, {}, {}, {}) WHERE change_type = "
                             "'insert'",
                             ColumnList(relations_.ColumnsInLake(*growing)),
                             duck::QuoteLiteral(relations_.project().alias), duck::QuoteLiteral(growing->schema),
                             duck::QuoteLiteral(growing->table), cursor + 1, relations_.snapshot_id()));
  const TableName table = asset.table();
  Computed computed{.only_new = true};
  if (workbench.Stage(table, asset.sql, relations_.ColumnsInLake(table)) == 0) {
    relations_.Forget(table);
    return computed;
  }
  // No key that stands is replaced.
  const std::string column = workbench.ColumnsOf(table).front().name;
  relations_.SetChanged(table, relations_.Keys(fmt::format("SELECT {} FROM {} LIMIT 0", duck::QuoteIdentifier(column),
                                                           Workbench::Staged(table)),
                                               column));
  computed.standing = Standing::kChanged;
  return computed;
}

void Compute::GatherInputs(const Asset& asset, std::set<TableName>& inputs, std::set<TableName>& lookups,
                           std::vector<const Asset*>& parts) const {
  for (const auto& [key, lookup] : asset.lookups) {
    lookups.insert(TableOf(key));
  }
  for (const TableName& input : asset.inputs) {
    const Asset* upstream = graph_.Find(input);
    if (upstream != nullptr && upstream->keep == Keep::kInline) {
      GatherInputs(*upstream, inputs, lookups, parts);
      if (std::ranges::find(parts, upstream) == parts.end()) {
        parts.push_back(upstream);
      }
    } else {
      inputs.insert(input);
    }
  }
}

void Compute::ShowInputs(const Asset& asset, const std::optional<KeySet>& keys) {
  std::set<TableName> inputs;
  std::set<TableName> lookups;
  std::vector<const Asset*> parts;
  GatherInputs(asset, inputs, lookups, parts);
  // First all that has to be computed, since that shows inputs of its own.
  for (const TableName& input : inputs) {
    if (const Asset* upstream = graph_.Find(input); upstream != nullptr && upstream->keep == Keep::kStaged) {
      EnsureStaged(*upstream, keys);
    }
  }
  for (const TableName& input : inputs) {
    const Asset* upstream = graph_.Find(input);
    if (upstream != nullptr && upstream->keep == Keep::kStaged) {
      ShowStaged(*upstream, keys);
    } else {
      ShowTable(input, keys, !lookups.contains(input));
    }
  }
  for (const Asset* part : parts) {
    relations_.workbench().Show(part->table(), part->sql);
  }
  if (asset.reads_itself) {
    ShowItself(asset, keys);
  }
}

void Compute::ShowTable(const TableName& table, const std::optional<KeySet>& keys, bool narrow) {
  if (!relations_.Exists(table)) {
    throw core::Error(core::ErrorKind::kNotFound, "PL-1202", fmt::format("The table {} is not there", table.text()),
                      "Run the asset that makes it, or ingest what fills it.");
  }
  if (keys && narrow) {
    if (const std::optional<std::string> column = bridge_.ColumnIn(table, keys->column)) {
      relations_.workbench().Show(table, relations_.RowsAtHand(table, *column, bridge_.Translate(*keys, *column)));
      return;
    }
  }
  relations_.workbench().Show(table, relations_.Rows(table));
}

void Compute::EnsureStaged(const Asset& asset, const std::optional<KeySet>& keys) {
  const bool translates = keys && !asset.key_column.empty();
  const std::optional<KeySet> wanted = translates ? bridge_.Translate(*keys, asset.key_column) : keys;
  if (const auto known = covered_.find(asset.table()); known != covered_.end()) {
    if (!known->second || (wanted && Covers(*known->second, *wanted))) {
      return;
    }
  }
  ShowInputs(asset, wanted);
  covered_.erase(asset.table());
  std::string select = asset.sql;
  if (wanted && !asset.key_column.empty()) {  // what is read whole may give rows of other keys
    select = fmt::format("SELECT t.* FROM ({}\n) AS t SEMI JOIN {} AS c ON t.{} IS NOT DISTINCT FROM c.k", asset.sql,
                         wanted->table, duck::QuoteIdentifier(asset.key_column));
  }
  relations_.workbench().Stage(asset.table(), select, {});
  covered_[asset.table()] = wanted;
}

// A part without a key of its own may have been computed for patients and be wanted for the same persons.
bool Compute::Covers(const KeySet& covering, const KeySet& wanted) {
  return relations_.Covers(covering, bridge_.Translate(wanted, covering.column));
}

void Compute::ShowStaged(const Asset& asset, const std::optional<KeySet>& keys) {
  const std::string rows = "SELECT * FROM " + Workbench::Staged(asset.table());
  if (!keys || asset.key_column.empty()) {
    relations_.workbench().Show(asset.table(), rows);
    return;
  }
  const KeySet wanted = bridge_.Translate(*keys, asset.key_column);
  const std::optional<KeySet>& covered = covered_.at(asset.table());
  const bool exact = covered && covered->table == wanted.table;
  relations_.workbench().Show(
      asset.table(), exact ? rows
                           : fmt::format("SELECT t.* FROM ({}) AS t SEMI JOIN {} AS c ON t.{} IS NOT DISTINCT FROM c.k",
                                         rows, wanted.table, duck::QuoteIdentifier(asset.key_column)));
}

// An asset that reads itself reads what stands: a registry goes on from there, in a full run too.
void Compute::ShowItself(const Asset& asset, const std::optional<KeySet>& keys) {
  const TableName table = asset.table();
  if (relations_.ColumnsInLake(table).empty()) {
    throw core::Error(core::ErrorKind::kInvalidInput, "PL-1203",
                      fmt::format("The asset {} reads itself, but its table is not declared", asset.key),
                      "Only tables that every station has from 'init' on may read themselves.");
  }
  relations_.workbench().Show(table,
                              keys ? relations_.LakeRows(table, asset.key_column, *keys) : relations_.LakeRows(table));
}

void Compute::ShowAsIs(const TableName& table) {
  const Asset* asset = graph_.Find(table);
  if (asset != nullptr && asset->keep != Keep::kTable) {
    return;  // shown by whoever computed it
  }
  if (relations_.Exists(table)) {
    relations_.workbench().Show(table, relations_.Rows(table));
  }
}

Computed Compute::Compare(const Asset& asset, const std::optional<KeySet>& keys) {
  const TableName table = asset.table();
  Workbench& workbench = relations_.workbench();
  Computed computed;
  computed.new_shape = !HaveSameColumns(relations_.ColumnsInLake(table), workbench.ColumnsOf(table));
  if (computed.new_shape || (asset.key_column.empty() && Differs(asset))) {
    computed.standing = Standing::kReplaced;
    relations_.SetReplaced(table);
    return computed;
  }
  if (keys) {
    RefuseOtherKeys(asset, *keys);
  }
  const KeySet differing = asset.key_column.empty() ? KeySet{} : DifferingKeys(asset, keys);
  if (differing.empty()) {
    relations_.Forget(table);
    return computed;
  }
  const std::string all_keys = fmt::format("SELECT count(DISTINCT {}) FROM {}", duck::QuoteIdentifier(asset.key_column),
                                           Workbench::Staged(table));
  if (!keys && differing.count * kReplaceShare > workbench.connection().QueryInt64(all_keys).value_or(0)) {
    computed.standing = Standing::kReplaced;
    relations_.SetReplaced(table);
    return computed;
  }
  workbench.connection().Query(
      fmt::format("DELETE FROM {} AS t WHERE NOT EXISTS (SELECT 1 FROM {} AS c WHERE c.k IS NOT DISTINCT FROM t.{})",
                  Workbench::Staged(table), differing.table, duck::QuoteIdentifier(asset.key_column)));
  computed.standing = Standing::kChanged;
  relations_.SetChanged(table, differing);
  return computed;
}

// Rows of keys that were not asked for would double those that stand.
void Compute::RefuseOtherKeys(const Asset& asset, const KeySet& keys) {
  const std::string others =
      fmt::format("SELECT count(*) FROM {} AS t ANTI JOIN {} AS c ON t.{} IS NOT DISTINCT FROM c.k",
                  Workbench::Staged(asset.table()), keys.table, duck::QuoteIdentifier(asset.key_column));
  if (relations_.workbench().connection().QueryInt64(others).value_or(0) > 0) {
    throw core::Error(core::ErrorKind::kInvalidInput, "PL-1204",
                      fmt::format("The asset {} makes rows of other keys than its inputs have", asset.key),
                      "A by_key asset's rows carry the key of the rows they come from; else declare it \"full\".");
  }
}

std::string Compute::RowHash(const Asset& asset) const {
  std::string columns;
  for (const duck::Column& column : relations_.workbench().ColumnsOf(asset.table())) {
    if (std::ranges::find(asset.volatile_columns, column.name) == asset.volatile_columns.end()) {
      columns += (columns.empty() ? "" : ", ") + duck::QuoteIdentifier(column.name);
    }
  }
  return fmt::format("hash({})", columns);
}

// One row a key: how many rows it has and the sum of their hashes, whatever their order.
std::string Compute::Digest(const Asset& asset, const std::string& rows) const {
  return fmt::format("SELECT {} AS k, count(*) AS n, sum({}) AS h FROM ({}) GROUP BY ALL",
                     duck::QuoteIdentifier(asset.key_column), RowHash(asset), rows);
}

KeySet Compute::DifferingKeys(const Asset& asset, const std::optional<KeySet>& keys) {
  const TableName table = asset.table();
  const std::string lake = keys ? relations_.LakeRows(table, asset.key_column, *keys) : relations_.LakeRows(table);
  const PlainPlans plain(relations_.workbench().connection());
  return relations_.Keys(
      fmt::format("SELECT coalesce(s.k, l.k) FROM ({}) AS s FULL JOIN ({}) AS l ON s.k IS NOT DISTINCT FROM l.k "
                  "WHERE s.n IS DISTINCT FROM l.n OR s.h IS DISTINCT FROM l.h",
                  Digest(asset, "SELECT * FROM " + Workbench::Staged(table)), Digest(asset, lake)),
      asset.key_column);
}

bool Compute::Differs(const Asset& asset) {
  const std::string digest = "SELECT count(*)::VARCHAR || ' ' || coalesce(sum({}), 0)::VARCHAR FROM ({})";
  duck::Connection& connection = relations_.workbench().connection();
  const auto staged = connection.QueryText(
      fmt::format(fmt::runtime(digest), RowHash(asset), "SELECT * FROM " + Workbench::Staged(asset.table())));
  return staged !=
         connection.QueryText(fmt::format(fmt::runtime(digest), RowHash(asset), relations_.LakeRows(asset.table())));
}

}  // namespace pluginlake::assets
