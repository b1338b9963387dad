// The grammar of JSON, member by member.
#include "pluginlake/fhir/tape_builder.h"

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "pluginlake/fhir/json_text.h"
#include "pluginlake/fhir/name_order.h"

namespace pluginlake::fhir {

namespace {

constexpr std::uint32_t kNamesComparedMax = 64;  // objects with more members are sorted to find a name given twice
constexpr std::string_view kReferenceName = "reference";

bool IsSpace(char byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

}  // namespace

TapeBuilder::TapeBuilder(JsonTape& tape, std::string_view json, const StructuralIndex& index)
    : tape_(tape),
      nodes_(tape.nodes_.data()),
      open_(tape.open_),
      json_(json.data()),
      json_end_(json.data() + json.size()),
      at_(index.offsets),
      end_(index.offsets + index.count) {
  open_.clear();
  FindBackslash(json_);
}

TapeFault TapeBuilder::Run() {
  bool good = ReadValue(nodes_[0]);
  while (good && !open_.empty()) {
    good = nodes_[open_.back().node].kind == TapeKind::kObject ? FillObject() : FillArray();
  }
  if (good && at_ != end_) {
    good = Fail(TapeFault::kInvalidJson);
  }
  tape_.node_count_ = count_;
  tape_.minified_ = good && token_bytes_ == static_cast<std::size_t>(json_end_ - json_);
  return fault_;
}

// Remembers the first fault, a name given twice only as long as nothing worse is found; returns false.
bool TapeBuilder::Fail(TapeFault fault) {
  fault_ = fault;
  tape_.fault_offset_ = *std::min(at_, end_);
  return false;
}

void TapeBuilder::FindBackslash(const char* from) {
  const void* found = std::memchr(from, '\\', static_cast<std::size_t>(json_end_ - from));
  next_backslash_ = found == nullptr ? json_end_ : static_cast<const char*>(found);
}

// Takes the token at the cursor, without the white space that follows it.
inline std::string_view TapeBuilder::TakeToken() {
  const std::size_t begin = *at_++;
  std::size_t end = *at_;
  while (end > begin + 1 && IsSpace(json_[end - 1])) {
    --end;
  }
  token_bytes_ += end - begin;
  return {json_ + begin, end - begin};
}

// Reads a string's token; escapes are checked and undone.
inline bool TapeBuilder::TakeContent(std::string_view token, Content& content) {
  if (token.size() < 2 || token.back() != '"') {
    --at_;
    return Fail(TapeFault::kInvalidJson);
  }
  content.text = {token.data() + 1, token.size() - 2};
  content.had_escape = next_backslash_ < token.data() + token.size();
  return !content.had_escape || UndoEscapes(content);
}

bool TapeBuilder::UndoEscapes(Content& content) {
  FindBackslash(content.text.data() + content.text.size());
  std::string undone;
  if (!AppendUnescaped(content.text, undone)) {
    --at_;
    return Fail(TapeFault::kInvalidJson);
  }
  content.text = tape_.Keep(undone);
  return true;
}

// Reads members of the innermost open object until it ends or one of them opens.
bool TapeBuilder::FillObject() {
  OpenNode& object = open_.back();
  for (opened_ = false; !opened_;) {
    if (Peek() == '}' && at_ < end_) {
      return Close();
    }
    TapeNode& node = nodes_[count_];
    if (!TakeSeparator(object) || !ReadName(object, node) || !ReadValue(node)) {
      return false;
    }
  }
  return true;
}

// Reads elements of the innermost open array until it ends or one of them opens.
bool TapeBuilder::FillArray() {
  OpenNode& array = open_.back();
  for (opened_ = false; !opened_;) {
    if (Peek() == ']' && at_ < end_) {
      return Close();
    }
    TapeNode& node = nodes_[count_];
    node.name_data = nullptr;
    node.name_size = 0;
    if (!TakeSeparator(array) || !ReadValue(node)) {
      return false;
    }
  }
  return true;
}

// Takes the ',' before all members but the first. Sees to it that a token and a node are left.
inline bool TapeBuilder::TakeSeparator(OpenNode& open) {
  if (at_ >= end_) {
    return Fail(TapeFault::kInvalidJson);
  }
  if (count_ >= tape_.limits_.nodes_max) {
    return Fail(TapeFault::kTooManyNodes);
  }
  if (open.members++ > 0) {
    if (Peek() != ',') {
      return Fail(TapeFault::kInvalidJson);
    }
    ++at_;
    ++token_bytes_;
  }
  return true;
}

inline bool TapeBuilder::ReadName(OpenNode& object, TapeNode& node) {
  Content name;
  if (Peek() != '"') {
    return Fail(TapeFault::kInvalidJson);
  }
  if (!TakeContent(TakeToken(), name)) {
    return false;
  }
  node.name_data = name.text.data();
  node.name_size = static_cast<std::uint32_t>(name.text.size());
  node.name_needs_quoting = name.had_escape;
  CheckName(object, name.text);
  if (Peek() != ':') {
    return Fail(TapeFault::kInvalidJson);
  }
  ++at_;
  ++token_bytes_;
  return true;
}

inline bool TapeBuilder::ReadValue(TapeNode& node) {
  switch (Peek()) {
    case '"':
      return ReadString(node);
    case '{':
      return Open(node, TapeKind::kObject);
    case '[':
      return Open(node, TapeKind::kArray);
    default:
      return ReadScalar(node);
  }
}

inline bool TapeBuilder::ReadString(TapeNode& node) {
  Content content;
  const std::string_view token = TakeToken();
  if (!TakeContent(token, content)) {
    return false;
  }
  if (node.name_size == kReferenceName.size() && node.name() == kReferenceName) {
    tape_.references_.push_back({static_cast<std::uint32_t>(count_), token});
  }
  node.text_data = content.text.data();
  node.text_size = static_cast<std::uint32_t>(content.text.size());
  node.text_needs_quoting = content.had_escape;
  return FinishLeaf(node, TapeKind::kString);
}

bool TapeBuilder::ReadScalar(TapeNode& node) {
  const std::string_view token = TakeToken();
  node.text_data = token.data();
  node.text_size = static_cast<std::uint32_t>(token.size());
  if (IsJsonNumber(token)) {
    return FinishLeaf(node, TapeKind::kNumber);
  }
  if (token == "true" || token == "false") {
    return FinishLeaf(node, token.size() == 4 ? TapeKind::kTrue : TapeKind::kFalse);
  }
  if (token == "null") {
    return FinishLeaf(node, TapeKind::kNull);
  }
  --at_;
  return Fail(TapeFault::kInvalidJson);
}

inline bool TapeBuilder::FinishLeaf(TapeNode& node, TapeKind kind) {
  node.kind = kind;
  node.next = static_cast<std::uint32_t>(++count_);
  return true;
}

bool TapeBuilder::Open(TapeNode& node, TapeKind kind) {
  if (open_.size() >= tape_.limits_.depth_max) {
    return Fail(TapeFault::kTooDeep);
  }
  open_.push_back({.node = static_cast<std::uint32_t>(count_)});
  opened_ = true;
  node.text_data = nullptr;
  node.text_size = 0;
  ++at_;
  ++token_bytes_;
  return FinishLeaf(node, kind);
}

bool TapeBuilder::Close() {
  const OpenNode closed = open_.back();
  open_.pop_back();
  ++at_;
  ++token_bytes_;
  TapeNode& node = nodes_[closed.node];
  node.next = static_cast<std::uint32_t>(count_);
  if (closed.members > kNamesComparedMax && node.kind == TapeKind::kObject) {
    CheckManyNames(closed);
  }
  return true;
}

// Looks for `name`, whose token was just taken, among the members read so far, if a name with its hash was seen.
inline void TapeBuilder::CheckName(OpenNode& object, std::string_view name) {
  const std::uint64_t hash = (NamePrefix(name) + name.size()) * 0x9E3779B97F4A7C15U;
  const std::uint64_t bit = std::uint64_t{1} << (hash >> 58);
  const bool seen = (object.names_seen & bit) != 0;
  object.names_seen |= bit;
  if (!seen || object.members > kNamesComparedMax) {
    return;
  }
  for (std::uint32_t at = object.node + 1; at < count_; at = nodes_[at].next) {
    if (nodes_[at].name() == name) {
      MarkDuplicate(at_[-1]);
      return;
    }
  }
}

void TapeBuilder::CheckManyNames(const OpenNode& object) {
  std::vector<std::string_view> names;
  names.reserve(object.members);
  for (std::uint32_t at = object.node + 1; at < count_; at = nodes_[at].next) {
    names.push_back(nodes_[at].name());
  }
  std::ranges::sort(names);
  if (std::ranges::adjacent_find(names) != names.end()) {
    MarkDuplicate(at_[-1]);
  }
}

// A name given twice is told only when the rest of the document is sound.
void TapeBuilder::MarkDuplicate(std::size_t offset) {
  if (fault_ == TapeFault::kNone) {
    fault_ = TapeFault::kDuplicateKey;
    tape_.fault_offset_ = offset;
  }
}

}  // namespace pluginlake::fhir
