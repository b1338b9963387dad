// The values of one resource, sorted by the places of a tree: one walk over the tape serves all views.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/name_table.h"
#include "pluginlake/fhir/place_tree.h"

namespace pluginlake::fhir {

// Items of a place, by their numbers there.
struct ItemRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  std::uint32_t size() const { return end - begin; }
};

// Reusable; one a thread. The tree must be complete when this is made.
class PlacedItems {
 public:
  explicit PlacedItems(const PlaceTree& tree);

  // Sorts the values of the resource on `tape`, which must stay until the next Load.
  void Load(const JsonTape& tape);

  // Returns the items that an item of the edge's source has at its target.
  ItemRange Below(EdgeId edge, std::uint32_t item) const { return ranges_[edge][item]; }
  // The same for all of `items`, when the edge is the only one to its target: they follow each other.
  ItemRange Below(EdgeId edge, ItemRange items) const {
    if (items.begin == items.end) {
      return {};
    }
    return {ranges_[edge][items.begin].begin, ranges_[edge][items.end - 1].end};
  }
  // Returns the value of an item; nullptr when the element has none (but an id or extensions beside it).
  const TapeNode* Node(PlaceId place, std::uint32_t item) const {
    const std::uint32_t node = places_[place].nodes[item];
    return node == 0 && place != PlaceTree::kRoot ? nullptr : &nodes_[node];
  }
  // Returns how many items a place has in the whole resource.
  std::uint32_t ItemCount(PlaceId place) const { return static_cast<std::uint32_t>(places_[place].nodes.size()); }
  PlaceId TargetOf(EdgeId edge) const { return tree_.edge(edge).target; }
  // The tape the items are of; only after Load.
  const JsonTape& tape() const { return *tape_; }

 private:
  friend class DirectPlacer;
  // What a name means at a place: the target's number in `targets`, and whether it is the sibling "_name".
  struct Target {
    EdgeId edge = 0;
    PlaceId place = 0;
    bool has_sibling = false;
  };
  struct PlaceItems {
    NameTable names;  // to slots: 2 * target, +1 for the sibling; the last slot is resourceType
    std::vector<Target> targets;
    std::vector<EdgeId> casts;
    std::size_t slot_count = 0;
    bool reads_sibling = false;           // what is below stands in "_name"
    std::vector<std::uint32_t> nodes;     // 0 = no value
    std::vector<std::uint32_t> siblings;  // when reads_sibling or type unknown; 0 = none
    std::uint32_t processed = 0;
  };

  void Clear();
  void Process(PlaceId id);
  void FindMembers(const PlaceItems& items, std::uint32_t object);
  void AppendItems(const Target& target, std::uint32_t value, std::uint32_t sibling);
  void AppendList(PlaceItems& items, std::uint32_t value, std::uint32_t sibling);
  void AppendItem(PlaceItems& items, std::uint32_t value, std::uint32_t sibling);
  void TakeCasts(const PlaceItems& items, std::uint32_t item);

  const PlaceTree& tree_;
  const JsonTape* tape_ = nullptr;
  const TapeNode* nodes_ = nullptr;
  std::vector<PlaceItems> places_;
  std::vector<std::vector<ItemRange>> ranges_;  // of each edge, by the source's items
  std::vector<std::uint32_t> found_;            // of the object at hand: nodes by slots
  std::vector<PlaceId> parents_;                // places with something below them
};

}  // namespace pluginlake::fhir
