// Computes one asset's rows, all or for some keys, and stages what differs from what stands.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pluginlake/assets/graph.h"
#include "pluginlake/assets/key_bridge.h"
#include "pluginlake/assets/relations.h"

namespace pluginlake::assets {

// What came of computing an asset.
struct Computed {
  Standing standing = Standing::kStands;  // kStands = the rows are those that stand: nothing to write
  bool new_shape = false;                 // the table is not there, or has other columns: it is made anew
  bool only_new = false;                  // no rows of its keys stand: nothing is to be removed
};

// Not thread-safe.
class Compute {
 public:
  Compute(const Graph& graph, Relations& relations, KeyBridge& bridge);

  // Computes the rows of a SQL asset, for `keys` or all, and marks in Relations what differs. Throws what DuckDB
  // refuses; then nothing is staged.
  Computed Run(const Asset& asset, const std::optional<KeySet>& keys);

  // Computes the rows that an `append` asset makes of the rows which came into its growing input after `cursor`.
  Computed RunAppend(const Asset& asset, std::int64_t cursor);

  // Compares what is staged for `asset` with the lake, keeps only rows of keys that differ, and marks it in Relations.
  Computed Compare(const Asset& asset, const std::optional<KeySet>& keys);

  // Shows the assets' SQL the rows of a table as they are now: for checks.
  void ShowAsIs(const TableName& table);

  // What was staged for reading only is computed anew after a commit.
  void ForgetStaged();

  // Returns the columns that a table of the station is declared with; empty for others.
  std::vector<duck::Column> DeclaredColumns(const TableName& table) const;
  // Returns the names of those of them that may not be NULL.
  std::vector<std::string> RequiredColumns(const TableName& table) const;

 private:
  void ShowInputs(const Asset& asset, const std::optional<KeySet>& keys);
  void GatherInputs(const Asset& asset, std::set<TableName>& inputs, std::set<TableName>& lookups,
                    std::vector<const Asset*>& parts) const;
  void ShowTable(const TableName& table, const std::optional<KeySet>& keys, bool narrow);
  void EnsureStaged(const Asset& asset, const std::optional<KeySet>& keys);
  bool Covers(const KeySet& covering, const KeySet& wanted);
  void ShowStaged(const Asset& asset, const std::optional<KeySet>& keys);
  void ShowItself(const Asset& asset, const std::optional<KeySet>& keys);
  KeySet DifferingKeys(const Asset& asset, const std::optional<KeySet>& keys);
  bool Differs(const Asset& asset);
  void RefuseOtherKeys(const Asset& asset, const KeySet& keys);
  std::string RowHash(const Asset& asset) const;
  std::string Digest(const Asset& asset, const std::string& rows) const;

  const Graph& graph_;
  Relations& relations_;
  KeyBridge& bridge_;
  std::map<TableName, std::vector<schemas::Field>> declared_;
  std::map<TableName, std::optional<KeySet>> covered_;  // staged for reading: for which keys; nullopt = all
};

}  // namespace pluginlake::assets
