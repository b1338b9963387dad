// Grows the tree.
#include "pluginlake/fhir/place_tree.h"

#include <algorithm>
#include <utility>

namespace pluginlake::fhir {

PlaceTree::PlaceTree(std::string_view resource_type) {
  places_.push_back(
      {.type = std::string(resource_type), .kind = KindOf(resource_type), .path = std::string(resource_type)});
}

EdgeId PlaceTree::Connect(const PlaceEdge& edge) {
  const auto id = static_cast<EdgeId>(edges_.size());
  places_[edge.source].edges.push_back(id);
  ++places_[edge.target].incoming;
  edges_.push_back(edge);
  return id;
}

EdgeId PlaceTree::Member(PlaceId source, const MemberKey& key) {
  for (const EdgeId id : places_[source].edges) {
    if (!edges_[id].member.empty() && edges_[id].member == key.json_name) {
      return id;
    }
  }
  const PlaceId target = PlaceFor(source, key);
  return Connect({.source = source, .target = target, .member = std::string(key.json_name)});
}

PlaceId PlaceTree::PlaceFor(PlaceId source, const MemberKey& key) {
  if (in_repetition_) {
    for (PlaceId at = source; std::ranges::find(repetition_tops_, at) == repetition_tops_.end() && at != kRoot;
         at = places_[at].parent) {
      const bool same = key.type.empty() ? places_[at].type.empty() && places_[at].member == key.json_name
                                         : places_[at].type == key.type && places_[at].kind == TypeKind::kComplex;
      if (same) {
        return at;
      }
    }
  }
  Place place{.type = std::string(key.type),
              .kind = KindOf(key.type),
              .path = places_[source].path + std::string(key.path_suffix),
              .member = std::string(key.json_name),
              .parent = source};
  places_.push_back(std::move(place));
  return static_cast<PlaceId>(places_.size() - 1);
}

EdgeId PlaceTree::Cast(PlaceId source, std::string_view type) {
  for (const EdgeId id : places_[source].edges) {
    if (edges_[id].member.empty() && edges_[id].cast == type) {
      return id;
    }
  }
  const std::string type_name(type);
  Place place{.type = type_name,
              .kind = KindOf(type),
              .path = places_[source].path + ".ofType(" + type_name + ")",
              .member = places_[source].member,
              .parent = source};
  const bool by_resource_type = IsKindOf(type, "Resource") && places_[source].type != type;
  places_.push_back(std::move(place));
  return Connect({.source = source,
                  .target = static_cast<PlaceId>(places_.size() - 1),
                  .cast = type_name,
                  .by_resource_type = by_resource_type});
}

PlaceTree::Repetition::Repetition(PlaceTree& tree, std::vector<PlaceId> tops)
    : tree_(tree), before_(std::exchange(tree.repetition_tops_, std::move(tops))), was_open_(tree.in_repetition_) {
  tree_.in_repetition_ = true;
}

PlaceTree::Repetition::~Repetition() {
  tree_.repetition_tops_ = std::move(before_);
  tree_.in_repetition_ = was_open_;
}

}  // namespace pluginlake::fhir
