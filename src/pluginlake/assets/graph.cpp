// Depth-first order, and walks along the edges.
#include "pluginlake/assets/graph.h"

#include <fnmatch.h>

#include <fmt/format.h>

#include <algorithm>

#include "pluginlake/core/error.h"
#include "pluginlake/core/nearest_name.h"

namespace pluginlake::assets {
namespace {

enum Mark { kNew, kOpen, kDone, kBroken };

bool Matches(const std::string& pattern, const std::string& key) {
  return pattern == key || ::fnmatch(pattern.c_str(), key.c_str(), FNM_PATHNAME) == 0;
}

}  // namespace

Graph::Graph(const AssetPack& pack) {
  for (const Asset& asset : pack.assets) {
    by_table_.emplace(asset.table(), &asset);
  }
  std::map<std::string, int> marks;
  std::vector<std::string> path;
  for (const Asset& asset : pack.assets) {
    Visit(asset, marks, path);
  }
  FindSources();
  std::set<const Asset*> refused;
  for (const Asset* asset : order_) {
    const bool hangs_on_refused =
        std::ranges::any_of(asset->inputs, [&](const TableName& input) { return refused.contains(FindInPack(input)); });
    if (!CheckLookups(*asset) || hangs_on_refused) {
      refused.insert(asset);
    }
  }
  for (const Asset* asset : refused) {
    std::erase(order_, asset);
    sources_.erase(asset->key);
  }
}

// A lookup may be read by the asset itself or by a part of it; what appends goes on from a table that only grows.
bool Graph::CheckLookups(const Asset& asset) {
  const std::size_t problems_before = problems_.size();
  const std::optional<TableName> growing = asset.growing_input();
  if (asset.incremental == Incremental::kAppend && (!growing || FindInPack(*growing) != nullptr)) {
    problems_.push_back({asset.origin + ":1", fmt::format("{} does not read one table that only grows", asset.key),
                         "append takes the new rows of one table that no asset makes (raw.*, quality.*, lineage.*); "
                         "declare the other inputs as [lookups]."});
  }
  for (const auto& [key, lookup] : asset.lookups) {
    if (!sources_[asset.key].contains(TableOf(key))) {
      problems_.push_back({asset.origin + ":1", fmt::format("the lookup {} is not read by {}", key, asset.key),
                           "Take it out of [lookups], or read that table."});
    }
  }
  return problems_.size() == problems_before;
}

bool Graph::Visit(const Asset& asset, std::map<std::string, int>& marks, std::vector<std::string>& path) {
  int& mark = marks[asset.key];
  if (mark == kOpen) {
    std::string circle;
    for (auto at = std::ranges::find(path, asset.key); at != path.end(); ++at) {
      circle += *at + " -> ";
    }
    problems_.push_back({asset.origin + ":1",
                         fmt::format("assets read each other in a circle: {}{}", circle, asset.key),
                         "Take one of these reads away."});
    return false;
  }
  if (mark == kNew) {
    mark = kOpen;
    path.push_back(asset.key);
    bool sound = true;
    for (const TableName& input : asset.inputs) {
      const Asset* upstream = FindInPack(input);
      sound = (upstream == nullptr || Visit(*upstream, marks, path)) && sound;
    }
    path.pop_back();
    marks[asset.key] = sound ? kDone : kBroken;
    if (sound) {
      order_.push_back(&asset);
    }
  }
  return marks[asset.key] == kDone;
}

void Graph::FindSources() {
  for (const Asset* asset : order_) {
    std::set<TableName>& sources = sources_[asset->key];
    for (const TableName& input : asset->inputs) {
      const Asset* upstream = FindInPack(input);
      if (upstream == nullptr || upstream->keep == Keep::kTable) {
        sources.insert(input);
      } else {
        const std::set<TableName>& further = sources_[upstream->key];
        sources.insert(further.begin(), further.end());
      }
    }
  }
}

const Asset* Graph::FindInPack(const TableName& table) const {
  const auto found = by_table_.find(table);
  return found == by_table_.end() ? nullptr : found->second;
}

const Asset* Graph::Find(const TableName& table) const {
  const Asset* asset = FindInPack(table);
  return asset != nullptr && sources_.contains(asset->key) ? asset : nullptr;
}

const std::set<TableName>& Graph::Sources(const Asset& asset) const { return sources_.at(asset.key); }

void Graph::AddUpstream(const Asset& asset, std::set<std::string>& keys) const {
  for (const TableName& source : Sources(asset)) {
    const Asset* upstream = Find(source);
    if (upstream != nullptr && keys.insert(upstream->key).second) {
      AddUpstream(*upstream, keys);
    }
  }
}

void Graph::AddDownstream(const Asset& asset, std::set<std::string>& keys) const {
  for (const Asset* other : order_) {
    if (other->keep == Keep::kTable && Sources(*other).contains(asset.table()) && keys.insert(other->key).second) {
      AddDownstream(*other, keys);
    }
  }
}

void Graph::SelectPart(const std::string& part, std::set<std::string>& keys) const {
  const bool upstream = part.starts_with('+');
  const bool downstream = part.size() > 1 && part.ends_with('+');
  const std::string pattern = part.substr(upstream ? 1 : 0, part.size() - (upstream ? 1 : 0) - (downstream ? 1 : 0));
  bool found = false;
  for (const Asset* asset : order_) {
    if (asset->keep != Keep::kTable || !Matches(pattern, asset->key)) {
      continue;
    }
    found = true;
    keys.insert(asset->key);
    if (upstream) {
      AddUpstream(*asset, keys);
    }
    if (downstream) {
      AddDownstream(*asset, keys);
    }
  }
  if (!found) {
    const auto nearest = core::NearestName(pattern, Selectable());
    throw core::Error(core::ErrorKind::kNotFound, "PL-1201", fmt::format("No asset of this key: {}", pattern),
                      nearest ? fmt::format("Did you mean {}? 'pluginlake assets list' names all.", *nearest)
                              : "'pluginlake assets list' names all.");
  }
}

std::vector<std::string> Graph::Selectable() const {
  std::vector<std::string> keys;
  for (const Asset* asset : order_) {
    if (asset->keep == Keep::kTable) {
      keys.push_back(asset->key);
    }
  }
  return keys;
}

std::set<std::string> Graph::Select(const std::vector<std::string>& selection) const {
  std::set<std::string> keys;
  for (const std::string& part : selection) {
    SelectPart(part, keys);
  }
  if (selection.empty()) {
    const std::vector<std::string> all = Selectable();
    keys.insert(all.begin(), all.end());
  }
  return keys;
}

}  // namespace pluginlake::assets
