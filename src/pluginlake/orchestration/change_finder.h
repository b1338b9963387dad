// Finds what an asset has to compute anew: the keys that its inputs changed since it last read them.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "pluginlake/assets/graph.h"
#include "pluginlake/assets/key_bridge.h"
#include "pluginlake/assets/relations.h"
#include "pluginlake/catalog/changes.h"

namespace pluginlake::orchestration {

// The snapshot up to which an asset has read each of its sources.
using Cursors = std::map<assets::TableName, std::int64_t>;

// What changed for an asset. Nothing, some keys, or anything (then `why` says which input).
struct Change {
  bool all = false;
  assets::KeySet keys;
  std::vector<assets::TableName> inputs;  // those that changed

  bool none() const { return !all && keys.empty() && inputs.empty(); }
};

// Whether a table changed after a cursor, and whether the lake can still say how.
enum class Moved { kNever, kSince, kUnknown };

// Not thread-safe. Asks the lake once for each (input, cursor, column).
class ChangeFinder {
 public:
  ChangeFinder(const assets::Graph& graph, assets::Relations& relations, assets::KeyBridge& bridge);

  // What the catalog says after the last commit; must be set before Find, and again after each commit of the run.
  void SetLakeChanges(catalog::TableChanges changes) { lake_ = std::move(changes); }

  // Returns what changed for `asset`, as values of its key column. An input without cursor was never read: all.
  Change Find(const assets::Asset& asset, const Cursors& cursors);
  Moved HasMoved(const assets::TableName& table, std::int64_t cursor) const;

 private:
  void AddInput(const assets::Asset& asset, const assets::TableName& input, const Cursors& cursors, Change& change);
  void AddTable(const assets::Asset& asset, const assets::TableName& input, std::int64_t cursor, Change& change);
  void AddLookup(const assets::Asset& asset, const assets::TableName& input, std::int64_t cursor, Change& change);
  assets::KeySet TouchedKeys(const assets::Lookup& lookup, const assets::TableName& input, std::int64_t cursor);
  void ShowWhole(const assets::TableName& table);
  std::int64_t Moment(const assets::TableName& table) const;
  bool HasChanged(const assets::TableName& table, std::int64_t cursor) const;
  bool CanBeAsked(const assets::TableName& table, std::int64_t cursor) const;
  assets::KeySet ChangedValues(const assets::TableName& table, std::int64_t cursor, const std::string& column);
  bool CanBeCompared(const assets::TableName& table, std::int64_t cursor) const;
  std::string ChangedRows(const assets::TableName& table, std::int64_t cursor, const std::string& columns) const;
  void Add(const assets::KeySet& keys, const std::string& column, Change& change);

  const assets::Graph& graph_;
  assets::Relations& relations_;
  assets::KeyBridge& bridge_;
  catalog::TableChanges lake_;
  std::map<std::tuple<std::string, assets::TableName, std::int64_t, std::int64_t>, assets::KeySet> touched_;
  std::map<std::tuple<assets::TableName, std::int64_t, std::string, std::int64_t>, assets::KeySet> committed_;
};

}  // namespace pluginlake::orchestration
