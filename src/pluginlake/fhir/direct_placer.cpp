// One walk over the structural index, down the tree of places.
#include "pluginlake/fhir/direct_placer.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "pluginlake/fhir/json_text.h"

namespace pluginlake::fhir {

namespace {

constexpr std::size_t kTargetsMax = 64;  // bits of `seen`
constexpr std::size_t kNodesKept = std::size_t{1} << 18;

bool IsSpace(char byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

// What a token does to the number of open brackets.
constexpr std::array<std::int8_t, 256> Nesting() {
  std::array<std::int8_t, 256> nesting{};
  nesting['{'] = nesting['['] = 1;
  nesting['}'] = nesting[']'] = -1;
  return nesting;
}
constexpr std::array<std::int8_t, 256> kNesting = Nesting();

}  // namespace

DirectPlacer::DirectPlacer(PlacedItems& items) : items_(items) {
  const PlaceTree& tree = items.tree_;
  for (PlaceId id = 0; id < tree.places().size(); ++id) {
    const Place& place = tree.place(id);
    const bool is_reached_once = id == PlaceTree::kRoot ? place.incoming == 0 : place.incoming == 1;
    const PlaceItems& placed = items.places_[id];
    is_able_ = is_able_ && is_reached_once && place.kind != TypeKind::kUnknown && placed.casts.empty() &&
               placed.targets.size() <= kTargetsMax;
  }
}

DirectOutcome DirectPlacer::Read(std::string_view json, std::string_view resource_type) {
  StructuralIndex index;
  if (indexer_.Build(json, index) != IndexFault::kNone || index.count == 0) {
    return DirectOutcome::kIrregular;
  }
  Begin(json, index);
  wanted_type_ = resource_type;
  const bool is_read = Peek() == '{' && ReadObject(PlaceTree::kRoot) && is_over() && has_type_;
  if (is_other_type_) {
    return DirectOutcome::kOtherType;
  }
  items_.nodes_ = nodes_.data();
  return is_read ? DirectOutcome::kPlaced : DirectOutcome::kIrregular;
}

void DirectPlacer::Begin(std::string_view json, const StructuralIndex& index) {
  items_.Clear();
  items_.tape_ = nullptr;
  const std::size_t nodes_max = index.count + 2;  // a value is a token, or several
  if (nodes_.size() < nodes_max || (nodes_.size() > kNodesKept && nodes_.size() / 8 > nodes_max)) {
    nodes_ = std::vector<TapeNode>(nodes_max + nodes_max / 2);
  }
  node_count_ = 0;
  kept_.release();
  json_ = json.data();
  json_end_ = json.data() + json.size();
  at_ = index.offsets;
  end_ = index.offsets + index.count;
  FindBackslash(json_);
  has_type_ = is_other_type_ = false;
  NextNode().kind = TapeKind::kObject;
  AddItem(PlaceTree::kRoot);
}

void DirectPlacer::FindBackslash(const char* from) {
  const void* found = std::memchr(from, '\\', static_cast<std::size_t>(json_end_ - from));
  next_backslash_ = found == nullptr ? json_end_ : static_cast<const char*>(found);
}

bool DirectPlacer::HasBackslash(std::string_view text) {
  const char* begin = text.data();
  if (next_backslash_ < begin) {  // it was in what was jumped over
    FindBackslash(begin);
  }
  return next_backslash_ < begin + text.size();
}

// Takes the token at the cursor, without the white space that follows it.
inline std::string_view DirectPlacer::TakeToken() {
  const std::size_t begin = *at_++;
  std::size_t end = *at_;
  while (end > begin + 1 && IsSpace(json_[end - 1])) {
    --end;
  }
  return {json_ + begin, end - begin};
}

// Adds the next node, which is filled, as an item.
inline void DirectPlacer::AddItem(PlaceId id) { items_.places_[id].nodes.push_back(node_count_++); }

// An item without members has nothing at the places below its own.
inline void DirectPlacer::AddNothingBelow(PlaceId id) {
  for (const PlacedItems::Target& target : items_.places_[id].targets) {
    const std::uint32_t count = items_.ItemCount(target.place);
    items_.ranges_[target.edge].push_back({count, count});
  }
}

inline bool DirectPlacer::TakeName(std::string_view& name) {
  if (is_over() || Peek() != '"') {
    return false;
  }
  const std::string_view token = TakeToken();
  if (token.size() < 2 || token.back() != '"' || HasBackslash(token) || Peek() != ':') {
    return false;
  }
  ++at_;
  name = token.substr(1, token.size() - 2);
  return true;
}

// Reads the object at the cursor, which is the last item of the place.
bool DirectPlacer::ReadObject(PlaceId id) {
  const PlaceItems& place = items_.places_[id];
  std::uint64_t seen = 0;
  ++at_;
  if (!is_over() && Peek() == '}') {
    ++at_;
    AddNothingBelow(id);
    return true;
  }
  for (bool is_open = true; is_open; ++at_) {
    std::string_view name;
    if (!TakeName(name)) {
      return false;
    }
    const std::uint32_t slot = place.names.Find(name);
    if (!(slot == NameTable::kNone ? SkipValue() : ReadMemberOf(id, slot, seen)) || is_over()) {
      return false;
    }
    is_open = Peek() == ',';
    if (!is_open && Peek() != '}') {
      return false;
    }
  }
  for (std::size_t i = 0; i < place.targets.size(); ++i) {
    if ((seen >> i & 1) == 0) {
      const std::uint32_t count = items_.ItemCount(place.targets[i].place);
      items_.ranges_[place.targets[i].edge].push_back({count, count});
    }
  }
  return true;
}

bool DirectPlacer::ReadMemberOf(PlaceId id, std::uint32_t slot, std::uint64_t& seen) {
  const PlaceItems& place = items_.places_[id];
  const std::size_t number = slot / 2;
  if (number >= place.targets.size()) {
    return id == PlaceTree::kRoot ? ReadType() : SkipValue();
  }
  const std::uint64_t bit = std::uint64_t{1} << number;
  if (slot % 2 != 0 || (seen & bit) != 0) {
    return false;
  }
  seen |= bit;
  return ReadValues(place.targets[number]);
}

bool DirectPlacer::ReadType() {
  TapeNode type;
  if (has_type_ || Peek() != '"' || !ReadString(type)) {
    return false;
  }
  has_type_ = true;
  is_other_type_ = type.text() != wanted_type_;
  return !is_other_type_;
}

bool DirectPlacer::ReadValues(const PlacedItems::Target& target) {
  const std::uint32_t begin = items_.ItemCount(target.place);
  if (Peek() != '[') {
    if (!ReadItem(target.place)) {
      return false;
    }
  } else {
    ++at_;
    for (bool is_open = Peek() != ']'; is_open; at_ += is_open ? 1 : 0) {
      if (is_over() || !ReadItem(target.place) || is_over()) {
        return false;
      }
      is_open = Peek() == ',';
      if (!is_open && Peek() != ']') {
        return false;
      }
    }
    if (is_over()) {
      return false;
    }
    ++at_;
  }
  items_.ranges_[target.edge].push_back({begin, items_.ItemCount(target.place)});
  return true;
}

bool DirectPlacer::ReadItem(PlaceId id) {
  TapeNode& node = NextNode();
  switch (Peek()) {
    case '{':
      return ReadObjectItem(id);
    case '[':
      node.kind = TapeKind::kArray;
      if (!SkipContainer()) {
        return false;
      }
      break;
    case '"':
      if (!ReadString(node)) {
        return false;
      }
      break;
    default:
      if (!ReadScalar(node)) {
        return false;
      }
      if (node.kind == TapeKind::kNull) {
        return true;
      }
  }
  AddItem(id);
  AddNothingBelow(id);
  return true;
}

bool DirectPlacer::ReadObjectItem(PlaceId id) {
  NextNode().kind = TapeKind::kObject;
  AddItem(id);
  const PlaceItems& place = items_.places_[id];
  if (!place.targets.empty() && !place.reads_sibling) {
    return ReadObject(id);
  }
  AddNothingBelow(id);
  return SkipContainer();
}

inline bool DirectPlacer::ReadString(TapeNode& node) {
  const std::string_view token = TakeToken();
  if (token.size() < 2 || token.back() != '"') {
    return false;
  }
  std::string_view content = token.substr(1, token.size() - 2);
  node.text_needs_quoting = false;
  if (HasBackslash(token)) {
    std::string undone;
    if (!AppendUnescaped(content, undone)) {
      return false;
    }
    auto* kept = static_cast<char*>(kept_.allocate(undone.size() + 1, 1));
    std::ranges::copy(undone, kept);
    content = {kept, undone.size()};
    node.text_needs_quoting = true;
  }
  node.kind = TapeKind::kString;
  node.text_data = content.data();
  node.text_size = static_cast<std::uint32_t>(content.size());
  return true;
}

bool DirectPlacer::ReadScalar(TapeNode& node) {
  const std::string_view token = TakeToken();
  node.text_data = token.data();
  node.text_size = static_cast<std::uint32_t>(token.size());
  if (IsJsonNumber(token)) {
    node.kind = TapeKind::kNumber;
  } else if (token == "true") {
    node.kind = TapeKind::kTrue;
  } else if (token == "false") {
    node.kind = TapeKind::kFalse;
  } else {
    node.kind = TapeKind::kNull;
    return token == "null";
  }
  return true;
}

inline bool DirectPlacer::SkipValue() {
  const char byte = Peek();
  if (byte == '{' || byte == '[') {
    return SkipContainer();
  }
  ++at_;
  return byte != ',' && byte != ':' && byte != '}' && byte != ']';
}

bool DirectPlacer::SkipContainer() {
  int open = 0;
  do {
    if (is_over()) {
      return false;
    }
    open += kNesting[static_cast<unsigned char>(json_[*at_++])];
  } while (open > 0);
  return true;
}

}  // namespace pluginlake::fhir
