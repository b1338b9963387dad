// What each table holds at this moment of a run: the lake's rows at one snapshot, with what the run has staged on top.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/assets/workbench.h"
#include "pluginlake/core/project.h"
#include "pluginlake/schemas/table.h"

namespace pluginlake::assets {

// Values of one column, in a table of the workbench with the one column `k`. NULL is a value like others: the rows that
// belong to nobody.
struct KeySet {
  std::string table;   // its name in SQL
  std::string column;  // whose values they are: "patient_id"
  std::int64_t count = 0;
  bool has_null = false;

  bool empty() const { return count == 0; }
};

// How a table of the lake stands in a run.
enum class Standing {
  kAbsent,    // never made
  kStands,    // as the lake has it
  kChanged,   // staged rows replace those of some keys
  kReplaced,  // staged rows replace all
};

// Says whether both have the same names and types in the same order.
bool HaveSameColumns(const std::vector<duck::Column>& a, const std::vector<duck::Column>& b);

// Not thread-safe. All reads of the lake are of one snapshot, until Repin().
class Relations {
 public:
  // `standing` are the lake's tables with their columns at `snapshot_id`.
  Relations(Workbench& workbench, const core::Project& project, std::vector<schemas::Table> standing,
            std::int64_t snapshot_id);

  std::int64_t snapshot_id() const { return snapshot_id_; }
  Workbench& workbench() { return workbench_; }
  const core::Project& project() const { return project_; }

  Standing StandingOf(const TableName& table) const;
  // Says whether the table has rows that can be read: in the lake, or staged.
  bool Exists(const TableName& table) const { return StandingOf(table) != Standing::kAbsent; }
  // Returns the columns of what can be read.
  std::vector<duck::Column> ColumnsOf(const TableName& table) const;
  // Returns the columns in the lake; empty if the table is not there.
  std::vector<duck::Column> ColumnsInLake(const TableName& table) const;
  bool HasColumn(const TableName& table, const std::string& column) const;

  // Says that the staged rows of `table` replace all, or those whose key is among `changed`.
  void SetReplaced(const TableName& table);
  void SetChanged(const TableName& table, const KeySet& changed);
  void Forget(const TableName& table);  // what was staged does not count
  // Returns the keys whose rows are staged; nullopt unless the table is kChanged.
  std::optional<KeySet> ChangedKeys(const TableName& table) const;
  // What was staged is in the lake now: reads are of `snapshot_id` from here on.
  void Repin(std::vector<schemas::Table> standing, std::int64_t snapshot_id);

  // Returns a SELECT of the table's rows, all or those with a key of the set. An absent table gives one without rows
  // when its columns are known.
  std::string Rows(const TableName& table) const;
  std::string Rows(const TableName& table, const std::string& column, const KeySet& keys) const;
  // The same as Rows(); the rows of few keys are read once and kept, since each read of the lake costs milliseconds.
  std::string RowsAtHand(const TableName& table, const std::string& column, const KeySet& keys);
  // Returns a SELECT of the lake's own rows, without what is staged.
  std::string LakeRows(const TableName& table) const;
  std::string LakeRows(const TableName& table, const std::string& column, const KeySet& keys) const;
  // The same, of another snapshot.
  std::string LakeRowsAt(const TableName& table, std::int64_t snapshot_id) const;

  // Keeps the distinct values of the first column of a SELECT; equal sets of one column are one set.
  KeySet Keys(const std::string& select, const std::string& column);
  // Returns all values of several sets of one column.
  KeySet Union(const std::vector<KeySet>& sets, const std::string& column);
  // Says whether all keys of `covered` are in `covering`.
  bool Covers(const KeySet& covering, const KeySet& covered);

 private:
  struct Staged {
    Standing standing = Standing::kReplaced;
    KeySet changed;
  };

  std::string Narrow(const std::string& from, const std::string& column, const KeySet& keys) const;
  std::string Literals(const KeySet& keys) const;
  std::string ReadLiterals(const std::string& table) const;

  Workbench& workbench_;
  const core::Project& project_;
  std::map<TableName, std::vector<duck::Column>> lake_;
  std::map<TableName, Staged> staged_;
  std::map<std::string, std::string> literals_;  // of small key sets, by table: constants prune files
  std::map<std::string, KeySet> sets_;           // by content
  std::map<std::string, std::string> at_hand_;   // tables of kept rows, by the SELECT that read them
  std::int64_t snapshot_id_;
};

}  // namespace pluginlake::assets
