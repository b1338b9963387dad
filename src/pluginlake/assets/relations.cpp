// Writes the SELECTs that stand behind the names asset SQL reads.
#include "pluginlake/assets/relations.h"

#include <fmt/format.h>

#include <algorithm>

#include "pluginlake/duck/database.h"

namespace pluginlake::assets {
namespace {

// So many keys are written into a statement as constants: DuckLake then leaves whole files out.
constexpr std::int64_t kLiteralKeysMax = 200;

std::map<TableName, std::vector<duck::Column>> ByName(std::vector<schemas::Table> standing) {
  std::map<TableName, std::vector<duck::Column>> tables;
  for (schemas::Table& table : standing) {
    std::vector<duck::Column>& columns = tables[{table.schema, table.name}];
    for (schemas::Field& field : table.fields) {
      columns.push_back({std::move(field.name), std::move(field.type)});
    }
  }
  return tables;
}

}  // namespace

bool HaveSameColumns(const std::vector<duck::Column>& a, const std::vector<duck::Column>& b) {
  return std::ranges::equal(
      a, b, [](const duck::Column& x, const duck::Column& y) { return x.name == y.name && x.type == y.type; });
}

Relations::Relations(Workbench& workbench, const core::Project& project, std::vector<schemas::Table> standing,
                     std::int64_t snapshot_id)
    : workbench_(workbench), project_(project), lake_(ByName(std::move(standing))), snapshot_id_(snapshot_id) {}

Standing Relations::StandingOf(const TableName& table) const {
  if (const auto staged = staged_.find(table); staged != staged_.end()) {
    return staged->second.standing;
  }
  return lake_.contains(table) ? Standing::kStands : Standing::kAbsent;
}

std::vector<duck::Column> Relations::ColumnsInLake(const TableName& table) const {
  const auto found = lake_.find(table);
  return found == lake_.end() ? std::vector<duck::Column>{} : found->second;
}

std::vector<duck::Column> Relations::ColumnsOf(const TableName& table) const {
  return workbench_.IsStaged(table) ? workbench_.ColumnsOf(table) : ColumnsInLake(table);
}

bool Relations::HasColumn(const TableName& table, const std::string& column) const {
  const std::vector<duck::Column> columns = ColumnsOf(table);
  return std::ranges::find(columns, column, &duck::Column::name) != columns.end();
}

void Relations::SetReplaced(const TableName& table) { staged_[table] = {}; }

void Relations::SetChanged(const TableName& table, const KeySet& changed) {
  staged_[table] = {Standing::kChanged, changed};
}

void Relations::Forget(const TableName& table) {
  staged_.erase(table);
  workbench_.DropStaged(table);
}

std::optional<KeySet> Relations::ChangedKeys(const TableName& table) const {
  const auto staged = staged_.find(table);
  if (staged == staged_.end() || staged->second.standing != Standing::kChanged) {
    return std::nullopt;
  }
  return staged->second.changed;
}

void Relations::Repin(std::vector<schemas::Table> standing, std::int64_t snapshot_id) {
  workbench_.DropAllStaged();
  staged_.clear();
  at_hand_.clear();
  lake_ = ByName(std::move(standing));
  snapshot_id_ = snapshot_id;
}

std::string Relations::LakeRows(const TableName& table) const { return LakeRowsAt(table, snapshot_id_); }

std::string Relations::LakeRowsAt(const TableName& table, std::int64_t snapshot_id) const {
  return fmt::format("SELECT * FROM {}.{}.{} AT (VERSION => {})", duck::QuoteIdentifier(project_.alias),
                     duck::QuoteIdentifier(table.schema), duck::QuoteIdentifier(table.table), snapshot_id);
}

std::string Relations::LakeRows(const TableName& table, const std::string& column, const KeySet& keys) const {
  return Narrow(LakeRows(table), column, keys);
}

std::string Relations::Narrow(const std::string& from, const std::string& column, const KeySet& keys) const {
  const std::string name = duck::QuoteIdentifier(column);
  std::string select = fmt::format("{} WHERE {} IN ({})", from, name, Literals(keys));
  if (keys.has_null) {
    select = fmt::format("{} UNION ALL {} WHERE {} IS NULL", select, from, name);
  }
  return select;
}

std::string Relations::Literals(const KeySet& keys) const {
  const auto found = literals_.find(keys.table);
  return found == literals_.end() ? fmt::format("SELECT k FROM {} WHERE k IS NOT NULL", keys.table) : found->second;
}

std::string Relations::Rows(const TableName& table) const {
  std::string staged = "SELECT * FROM " + Workbench::Staged(table);
  switch (StandingOf(table)) {
    case Standing::kStands:
      return LakeRows(table);
    case Standing::kChanged: {
      const KeySet& changed = staged_.at(table).changed;
      return fmt::format("SELECT * FROM ({}) AS t ANTI JOIN {} AS c ON t.{} IS NOT DISTINCT FROM c.k UNION ALL {}",
                         LakeRows(table), changed.table, duck::QuoteIdentifier(changed.column), staged);
    }
    default:
      return staged;
  }
}

std::string Relations::Rows(const TableName& table, const std::string& column, const KeySet& keys) const {
  std::string staged = Narrow("SELECT * FROM " + Workbench::Staged(table), column, keys);
  switch (StandingOf(table)) {
    case Standing::kStands:
      return LakeRows(table, column, keys);
    case Standing::kChanged: {
      const KeySet& changed = staged_.at(table).changed;
      return fmt::format("SELECT * FROM ({}) AS t ANTI JOIN {} AS c ON t.{} IS NOT DISTINCT FROM c.k UNION ALL {}",
                         LakeRows(table, column, keys), changed.table, duck::QuoteIdentifier(changed.column), staged);
    }
    default:
      return staged;
  }
}

std::string Relations::RowsAtHand(const TableName& table, const std::string& column, const KeySet& keys) {
  std::string select = Rows(table, column, keys);
  if (keys.count > kLiteralKeysMax) {
    return select;
  }
  std::string& kept = at_hand_[select];
  if (kept.empty()) {
    const PlainPlans plain(workbench_.connection());
    kept = workbench_.Keep("rows", select);
  }
  return "SELECT * FROM " + kept;
}

KeySet Relations::Keys(const std::string& select, const std::string& column) {
  duck::Connection& connection = workbench_.connection();
  KeySet keys{.column = column};
  keys.table = workbench_.Keep("keys", fmt::format("SELECT DISTINCT k FROM ({}) AS t(k)", select));
  duck::Result counts = connection.Query(
      fmt::format("SELECT count(*), count(k), coalesce(sum(hash(k)), 0)::VARCHAR FROM {}", keys.table));
  const std::optional<duck::Chunk> chunk = counts.Fetch();
  keys.count = chunk->Int64(0, 0);
  keys.has_null = chunk->Int64(1, 0) < keys.count;
  const std::string content = fmt::format("{} {} {}", column, keys.count, chunk->Text(2, 0));
  const auto [known, is_new] = sets_.try_emplace(content, keys);
  if (!is_new) {
    connection.Query("DROP TABLE " + keys.table);
    return known->second;
  }
  if (keys.count <= kLiteralKeysMax) {
    literals_[keys.table] = ReadLiterals(keys.table);
  }
  return keys;
}

std::string Relations::ReadLiterals(const std::string& table) const {
  std::string literals;
  duck::Result result =
      workbench_.connection().Query(fmt::format("SELECT k::VARCHAR FROM {} WHERE k IS NOT NULL ORDER BY k", table));
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      literals += (literals.empty() ? "" : ", ") + duck::QuoteLiteral(chunk->Text(0, row));
    }
  }
  return literals.empty() ? "NULL" : literals;
}

bool Relations::Covers(const KeySet& covering, const KeySet& covered) {
  if (covering.table == covered.table || covered.empty()) {
    return true;
  }
  const std::string outside = fmt::format(
      "SELECT count(*) FROM {} AS a ANTI JOIN {} AS b ON a.k IS NOT DISTINCT FROM b.k", covered.table, covering.table);
  return !covering.empty() && workbench_.connection().QueryInt64(outside) == 0;
}

KeySet Relations::Union(const std::vector<KeySet>& sets, const std::string& column) {
  std::map<std::string, KeySet> parts;  // by table: equal sets have one
  for (const KeySet& set : sets) {
    if (!set.empty()) {
      parts.emplace(set.table, set);
    }
  }
  if (parts.empty()) {
    return {.column = column};
  }
  if (parts.size() == 1 && parts.begin()->second.column == column) {
    return parts.begin()->second;
  }
  std::string select;
  for (const auto& [table, set] : parts) {
    select += (select.empty() ? "SELECT k FROM " : " UNION ALL SELECT k FROM ") + table;
  }
  return Keys(select, column);
}

}  // namespace pluginlake::assets
