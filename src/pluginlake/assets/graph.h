// Who reads whom among the assets: order, closures, selections.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "pluginlake/assets/pack.h"

namespace pluginlake::assets {

// The assets of a pack in an order in which each comes after what it reads. Refers to the pack, which outlives it.
class Graph {
 public:
  // Assets in a circle are left out, with what hangs on them; a problem names the circle.
  explicit Graph(const AssetPack& pack);

  const std::vector<const Asset*>& order() const { return order_; }
  const std::vector<Problem>& problems() const { return problems_; }
  const Asset* Find(const TableName& table) const;

  // Returns the tables in the lake that an asset's rows are made from: its inputs, with staged and inline ones replaced
  // by what they are made from in turn.
  const std::set<TableName>& Sources(const Asset& asset) const;

  // Returns the keys that a selection names: `omop/person`, `omop/*`, `+omop/person` (and upstream), `fhir/patient+`
  // (and downstream). Only assets that are kept in the lake. Throws not_found (PL-1201) for a part that names nothing,
  // with the nearest key.
  std::set<std::string> Select(const std::vector<std::string>& selection) const;

 private:
  bool Visit(const Asset& asset, std::map<std::string, int>& marks, std::vector<std::string>& path);
  const Asset* FindInPack(const TableName& table) const;
  void FindSources();
  // Returns whether the asset has no problem.
  bool CheckLookups(const Asset& asset);
  std::vector<std::string> Selectable() const;
  void SelectPart(const std::string& part, std::set<std::string>& keys) const;
  void AddUpstream(const Asset& asset, std::set<std::string>& keys) const;
  void AddDownstream(const Asset& asset, std::set<std::string>& keys) const;

  std::map<TableName, const Asset*> by_table_;  // all of the pack, those in circles too
  std::vector<const Asset*> order_;
  std::map<std::string, std::set<TableName>> sources_;
  std::vector<Problem> problems_;
};

}  // namespace pluginlake::assets
