// Follows an asset's inputs to the tables of the lake and asks each for its changes.
#include "pluginlake/orchestration/change_finder.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace pluginlake::orchestration {
namespace {

using assets::Asset;
using assets::Keep;
using assets::Lookup;
using assets::TableName;
using assets::Workbench;

void Note(const TableName& input, Change& change) {
  if (std::ranges::find(change.inputs, input) == change.inputs.end()) {
    change.inputs.push_back(input);
  }
}

}  // namespace

ChangeFinder::ChangeFinder(const assets::Graph& graph, assets::Relations& relations, assets::KeyBridge& bridge)
    : graph_(graph), relations_(relations), bridge_(bridge) {}

Change ChangeFinder::Find(const Asset& asset, const Cursors& cursors) {
  if (asset.keep == Keep::kTable && asset.incremental != assets::Incremental::kByKey && !asset.key_column.empty()) {
    Asset whole = asset;  // computed in full whatever changed: no keys are looked for
    whole.key_column.clear();
    return Find(whole, cursors);
  }
  Change change{.keys = {.column = asset.key_column}};
  for (const TableName& input : asset.inputs) {
    AddInput(asset, input, cursors, change);
  }
  return change;
}

void ChangeFinder::AddInput(const Asset& asset, const TableName& input, const Cursors& cursors, Change& change) {
  const Asset* upstream = graph_.Find(input);
  if (upstream != nullptr && upstream->keep != Keep::kTable) {
    // A part without a key of its own is computed for the keys of its reader.
    Asset reader = *upstream;
    reader.key_column = reader.key_column.empty() ? asset.key_column : reader.key_column;
    if (upstream->keep == Keep::kInline) {  // what its reader says of a lookup counts more than what the part says
      for (const auto& [key, lookup] : asset.lookups) {
        reader.lookups[key] = lookup;
      }
    }
    const Change further = Find(reader, cursors);
    change.all = change.all || further.all;
    for (const TableName& table : further.inputs) {
      Note(table, change);
    }
    if (!further.keys.empty() && !change.all) {
      Add(further.keys, asset.key_column, change);
    }
    return;
  }
  const auto cursor = cursors.find(input);
  if (cursor == cursors.end()) {
    Note(input, change);
    change.all = true;
  } else if (HasChanged(input, cursor->second)) {
    AddTable(asset, input, cursor->second, change);
  }
}

void ChangeFinder::AddTable(const Asset& asset, const TableName& input, std::int64_t cursor, Change& change) {
  const auto lookup = asset.lookups.find(assets::KeyOf(input));
  const bool is_lookup = lookup != asset.lookups.end();
  if (is_lookup && lookup->second.reach == Lookup::Reach::kNone) {
    return;
  }
  Note(input, change);
  if (change.all) {
    return;
  }
  const bool replaced = relations_.StandingOf(input) == assets::Standing::kReplaced;
  const bool says_keys = is_lookup && lookup->second.reach == Lookup::Reach::kKeys;
  if (asset.key_column.empty() || replaced || (is_lookup && !says_keys) ||
      (!CanBeAsked(input, cursor) && !(says_keys && CanBeCompared(input, cursor)))) {
    change.all = true;
  } else if (is_lookup) {
    AddLookup(asset, input, cursor, change);
  } else if (const std::optional<std::string> column = bridge_.ColumnIn(input, asset.key_column)) {
    Add(ChangedValues(input, cursor, *column), asset.key_column, change);
  } else {
    change.all = true;
  }
}

void ChangeFinder::AddLookup(const Asset& asset, const TableName& input, std::int64_t cursor, Change& change) {
  const Lookup& lookup = asset.lookups.at(assets::KeyOf(input));
  const auto place = std::tuple(lookup.sql, input, cursor, Moment(input));
  auto known = touched_.find(place);
  if (known == touched_.end()) {
    known = touched_.emplace(place, TouchedKeys(lookup, input, cursor)).first;
  }
  Add(known->second, asset.key_column, change);
}

assets::KeySet ChangeFinder::TouchedKeys(const Lookup& lookup, const TableName& input, std::int64_t cursor) {
  // A row that went and came back as it was is no change.
  const std::string columns = assets::ColumnList(relations_.ColumnsOf(input));
  const std::string rows = fmt::format("SELECT {} FROM ({}) GROUP BY ALL HAVING sum(sign) <> 0", columns,
                                       ChangedRows(input, cursor, columns));
  assets::Workbench& workbench = relations_.workbench();
  const assets::PlainPlans plain(workbench.connection());
  workbench.Show({"main", "changed"}, "SELECT * FROM " + workbench.Keep("changed", rows));
  for (const TableName& table : lookup.inputs) {
    ShowWhole(table);
  }
  const std::string touched = "FROM " + workbench.Keep("touched", lookup.sql);
  const std::string column = workbench.connection().Describe(touched)[0].name;
  const std::string_view type = assets::KeyBridge::TypeOf(column);
  const std::string values = type.empty() ? "*" : fmt::format("{}::{}", duck::QuoteIdentifier(column), type);
  return relations_.Keys(fmt::format("SELECT {} {}", values, touched), column);
}

// Shows a table as it is, and a part by the SELECT that makes it: of all keys, without being staged.
void ChangeFinder::ShowWhole(const TableName& table) {
  const Asset* part = graph_.Find(table);
  if (part != nullptr && part->keep != Keep::kTable) {
    for (const TableName& input : part->inputs) {
      ShowWhole(input);
    }
    relations_.workbench().Show(table, part->sql);
  } else if (relations_.Exists(table)) {
    relations_.workbench().Show(table, relations_.Rows(table));
  }
}

// What is staged of a table shows other changes than the lake alone.
std::int64_t ChangeFinder::Moment(const TableName& table) const {
  const bool is_staged = relations_.StandingOf(table) == assets::Standing::kChanged;
  return is_staged ? relations_.snapshot_id() + 1 : relations_.snapshot_id();
}

bool ChangeFinder::HasChanged(const TableName& table, std::int64_t cursor) const {
  const assets::Standing standing = relations_.StandingOf(table);
  const bool is_forgotten = cursor + 1 < lake_.oldest_snapshot;  // what happened since is not known any more
  if (standing == assets::Standing::kChanged || standing == assets::Standing::kReplaced || is_forgotten) {
    return true;
  }
  const auto changed = lake_.last_changed.find(table.text());
  const auto made = lake_.made.find(table.text());
  return (changed != lake_.last_changed.end() && changed->second > cursor) ||
         (made != lake_.made.end() && made->second > cursor);
}

Moved ChangeFinder::HasMoved(const TableName& table, std::int64_t cursor) const {
  if (!HasChanged(table, cursor)) {
    return Moved::kNever;
  }
  return CanBeAsked(table, cursor) ? Moved::kSince : Moved::kUnknown;
}

// Changes of a table made since, or over snapshots that are gone, cannot be asked.
bool ChangeFinder::CanBeAsked(const TableName& table, std::int64_t cursor) const {
  const auto made = lake_.made.find(table.text());
  return made != lake_.made.end() && made->second <= cursor && cursor + 1 >= lake_.oldest_snapshot;
}

// A table that was made anew is compared with what it was, if that can be read still and had the same columns.
bool ChangeFinder::CanBeCompared(const TableName& table, std::int64_t cursor) const {
  if (cursor < lake_.oldest_snapshot || relations_.StandingOf(table) != assets::Standing::kStands) {
    return false;
  }
  const std::vector<duck::Column> then =
      relations_.workbench().connection().Describe(relations_.LakeRowsAt(table, cursor));
  return assets::HaveSameColumns(relations_.ColumnsInLake(table), then);
}

// Returns a SELECT of the rows that came after the cursor, with `sign` 1, and of those that went, with `sign` -1.
std::string ChangeFinder::ChangedRows(const TableName& table, std::int64_t cursor, const std::string& columns) const {
  std::vector<std::string> parts;
  const auto changed = lake_.last_changed.find(table.text());
  if (!CanBeAsked(table, cursor)) {
    parts.push_back(fmt::format("SELECT {}, 1 AS sign FROM ({})", columns, relations_.LakeRows(table)));
    parts.push_back(fmt::format("SELECT {}, -1 AS sign FROM ({})", columns, relations_.LakeRowsAt(table, cursor)));
  } else if (changed != lake_.last_changed.end() && changed->second > cursor) {
    parts.push_back(
        fmt::format("SELECT {}, CASE WHEN change_type IN ('insert', 'update_postimage') THEN 1 ELSE -1 END "
                    "AS sign FROM ducklake_table_changes({}, {}, {}, {}, {})",
                    columns, duck::QuoteLiteral(relations_.project().alias), duck::QuoteLiteral(table.schema),
                    duck::QuoteLiteral(table.table), cursor + 1, relations_.snapshot_id()));
  }
  if (const std::optional<assets::KeySet> keys = relations_.ChangedKeys(table)) {
    parts.push_back(fmt::format("SELECT {}, 1 AS sign FROM {}", columns, Workbench::Staged(table)));
    parts.push_back(
        fmt::format("SELECT {}, -1 AS sign FROM ({})", columns, relations_.LakeRows(table, keys->column, *keys)));
  }
  return fmt::format("{}", fmt::join(parts, " UNION ALL "));
}

assets::KeySet ChangeFinder::ChangedValues(const TableName& table, std::int64_t cursor, const std::string& column) {
  const auto place = std::tuple(table, cursor, column, Moment(table));
  if (const auto known = committed_.find(place); known != committed_.end()) {
    return known->second;
  }
  const std::string name = duck::QuoteIdentifier(column);
  const std::string values = fmt::format("SELECT {} FROM ({})", name, ChangedRows(table, cursor, name));
  return committed_.emplace(place, relations_.Keys(values, column)).first->second;
}

void ChangeFinder::Add(const assets::KeySet& keys, const std::string& column, Change& change) {
  if (!assets::KeyBridge::Reaches(keys.column, column)) {
    change.all = true;  // nobody can say which of its keys these are
    return;
  }
  change.keys = relations_.Union({change.keys, bridge_.Translate(keys, column)}, column);
}

}  // namespace pluginlake::orchestration
