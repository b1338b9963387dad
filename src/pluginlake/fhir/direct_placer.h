// Sorts a resource's values by place straight from its text, without a tape: what no view reads is jumped over.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/placed_items.h"
#include "pluginlake/fhir/structural_index.h"

namespace pluginlake::fhir {

enum class DirectOutcome : std::uint8_t {
  kPlaced,
  kOtherType,  // a resource of another type: the rest of it was not looked at
  kIrregular,  // something that takes a tape to tell, or to read: faults, "_name" members, escaped names
};

// Fills `items`, whose tree it lives with. What is jumped over is checked for UTF-8 and closed brackets only.
class DirectPlacer {
 public:
  explicit DirectPlacer(PlacedItems& items);

  // Says whether the tree can be read so: each place is reached in one way, and R4 knows its type.
  bool is_able() const { return is_able_; }

  // Reads `json`, which must stay where it is and be followed by 64 readable bytes. After kPlaced the items are those
  // that a tape would give, until the next Read or Load.
  DirectOutcome Read(std::string_view json, std::string_view resource_type);

 private:
  using PlaceItems = PlacedItems::PlaceItems;

  void Begin(std::string_view json, const StructuralIndex& index);
  bool ReadObject(PlaceId id);
  bool ReadMemberOf(PlaceId id, std::uint32_t slot, std::uint64_t& seen);
  bool ReadValues(const PlacedItems::Target& target);
  bool ReadItem(PlaceId id);
  bool ReadObjectItem(PlaceId id);
  bool ReadString(TapeNode& node);
  bool ReadScalar(TapeNode& node);
  TapeNode& NextNode() { return nodes_[node_count_]; }
  bool ReadType();
  bool TakeName(std::string_view& name);
  bool SkipValue();
  bool SkipContainer();
  void AddItem(PlaceId id);
  void AddNothingBelow(PlaceId id);
  std::string_view TakeToken();
  bool HasBackslash(std::string_view text);
  void FindBackslash(const char* from);

  char Peek() const { return json_[*at_]; }
  bool is_over() const { return at_ >= end_; }

  PlacedItems& items_;
  bool is_able_ = true;
  StructuralIndexer indexer_;
  std::string_view wanted_type_;
  const char* json_ = nullptr;
  const char* json_end_ = nullptr;
  const char* next_backslash_ = nullptr;
  const std::uint32_t* at_ = nullptr;
  const std::uint32_t* end_ = nullptr;
  bool has_type_ = false;
  bool is_other_type_ = false;
  std::vector<TapeNode> nodes_;  // grows and stays; the first node_count_ are the document's
  std::uint32_t node_count_ = 0;
  std::pmr::monotonic_buffer_resource kept_;  // contents with escapes undone
};

}  // namespace pluginlake::fhir
