// Goes through the places, parents first: the items below one item follow each other.
#include "pluginlake/fhir/placed_items.h"

#include <algorithm>
#include <string>

namespace pluginlake::fhir {

namespace {

constexpr std::uint32_t kNoNode = 0;  // the root, which is no one's member

}  // namespace

PlacedItems::PlacedItems(const PlaceTree& tree) : tree_(tree), places_(tree.places().size()) {
  ranges_.resize(tree.edges().size());
  std::size_t slots_max = 0;
  for (PlaceId id = 0; id < places_.size(); ++id) {
    PlaceItems& items = places_[id];
    const Place& place = tree.place(id);
    if (place.edges.empty()) {
      continue;
    }
    parents_.push_back(id);
    items.reads_sibling = place.kind != TypeKind::kComplex && place.kind != TypeKind::kUnknown;
    std::vector<std::string> names;
    for (const EdgeId edge_id : place.edges) {
      const PlaceEdge& edge = tree.edge(edge_id);
      if (edge.member.empty()) {
        items.casts.push_back(edge_id);
        continue;
      }
      names.push_back(edge.member);
      names.push_back("_" + edge.member);
      items.targets.push_back(
          {.edge = edge_id, .place = edge.target, .has_sibling = tree.place(edge.target).has_sibling()});
    }
    if (std::ranges::find(names, "resourceType") == names.end()) {
      names.emplace_back("resourceType");
    }
    items.slot_count = names.size();
    slots_max = std::max(slots_max, names.size());
    items.names = NameTable(names);
  }
  found_.resize(slots_max);
}

void PlacedItems::Clear() {
  for (PlaceItems& items : places_) {
    items.nodes.clear();
    items.siblings.clear();
    items.processed = 0;
  }
  for (std::vector<ItemRange>& ranges : ranges_) {
    ranges.clear();
  }
}

void PlacedItems::Load(const JsonTape& tape) {
  Clear();
  tape_ = &tape;
  nodes_ = tape.nodes().data();
  places_[PlaceTree::kRoot].nodes.push_back(0);
  places_[PlaceTree::kRoot].siblings.push_back(kNoNode);
  // Places are numbered parents first; only an edge back leaves something for another round.
  for (bool again = true; again;) {
    again = false;
    for (const PlaceId id : parents_) {
      again = again || places_[id].processed < places_[id].nodes.size();
      Process(id);
    }
  }
}

void PlacedItems::Process(PlaceId id) {
  PlaceItems& items = places_[id];
  for (; items.processed < items.nodes.size(); ++items.processed) {
    const std::uint32_t item = items.processed;
    std::uint32_t object = items.nodes[item];
    const bool is_object = (id == PlaceTree::kRoot || object != kNoNode) && nodes_[object].kind == TapeKind::kObject;
    if (items.reads_sibling || !is_object) {
      object = items.siblings[item];
      if (object == kNoNode || nodes_[object].kind != TapeKind::kObject) {
        object = kNoNode;
      }
    }
    std::fill_n(found_.begin(), items.slot_count, kNoNode);
    if (object != kNoNode || (id == PlaceTree::kRoot && is_object)) {
      FindMembers(items, object);
    }
    for (std::size_t i = 0; i < places_[id].targets.size(); ++i) {
      const Target target = places_[id].targets[i];
      AppendItems(target, found_[2 * i], found_[2 * i + 1]);
    }
    if (!items.casts.empty()) {
      TakeCasts(items, item);
    }
  }
}

void PlacedItems::FindMembers(const PlaceItems& items, std::uint32_t object) {
  const std::uint32_t end = nodes_[object].next;
  for (std::uint32_t at = object + 1; at < end; at = nodes_[at].next) {
    const std::uint32_t slot = items.names.Find(nodes_[at].name());
    if (slot != NameTable::kNone) {
      found_[slot] = at;
    }
  }
}

void PlacedItems::AppendItems(const Target& target, std::uint32_t value, std::uint32_t sibling) {
  PlaceItems& items = places_[target.place];
  const auto begin = static_cast<std::uint32_t>(items.nodes.size());
  sibling = target.has_sibling ? sibling : kNoNode;
  if (value != kNoNode || sibling != kNoNode) {
    const bool is_list = (value != kNoNode && nodes_[value].kind == TapeKind::kArray) ||
                         (sibling != kNoNode && nodes_[sibling].kind == TapeKind::kArray);
    is_list ? AppendList(items, value, sibling) : AppendItem(items, value, sibling);
  }
  ranges_[target.edge].push_back({begin, static_cast<std::uint32_t>(items.nodes.size())});
}

// The n-th entry of "_name" belongs to the n-th of "name".
void PlacedItems::AppendList(PlaceItems& items, std::uint32_t value, std::uint32_t sibling) {
  const auto first = [this](std::uint32_t list) {
    return list != kNoNode && nodes_[list].kind == TapeKind::kArray ? list + 1 : list;
  };
  const auto end = [this](std::uint32_t list) { return list == kNoNode ? kNoNode : nodes_[list].next; };
  std::uint32_t value_at = first(value);
  std::uint32_t sibling_at = first(sibling);
  const std::uint32_t value_end = end(value);
  const std::uint32_t sibling_end = end(sibling);
  while (value_at < value_end || sibling_at < sibling_end) {
    AppendItem(items, value_at < value_end ? value_at : kNoNode, sibling_at < sibling_end ? sibling_at : kNoNode);
    value_at = value_at < value_end ? nodes_[value_at].next : value_at;
    sibling_at = sibling_at < sibling_end ? nodes_[sibling_at].next : sibling_at;
  }
}

void PlacedItems::AppendItem(PlaceItems& items, std::uint32_t value, std::uint32_t sibling) {
  const auto given = [this](std::uint32_t node) {
    return node != kNoNode && nodes_[node].kind != TapeKind::kNull ? node : kNoNode;
  };
  value = given(value);
  sibling = given(sibling);
  if (value != kNoNode || sibling != kNoNode) {
    items.nodes.push_back(value);
    items.siblings.push_back(sibling);
  }
}

void PlacedItems::TakeCasts(const PlaceItems& items, std::uint32_t item) {
  const std::uint32_t value = items.nodes[item];
  const std::uint32_t sibling = items.siblings[item];
  for (const EdgeId id : items.casts) {
    const PlaceEdge& edge = tree_.edge(id);
    bool matches = !edge.by_resource_type;
    if (edge.by_resource_type && value != kNoNode) {
      const TapeNode* type = tape_->Find(value, "resourceType");
      matches = type != nullptr && type->kind == TapeKind::kString && type->text() == edge.cast;
    }
    PlaceItems& target = places_[edge.target];
    const auto begin = static_cast<std::uint32_t>(target.nodes.size());
    if (matches) {
      target.nodes.push_back(value);
      target.siblings.push_back(sibling);
    }
    ranges_[id].push_back({begin, static_cast<std::uint32_t>(target.nodes.size())});
  }
}

}  // namespace pluginlake::fhir
