// Indexes a document and has the builder fill the tape.
#include "pluginlake/fhir/json_tape.h"

#include <algorithm>
#include <cstring>

#include "pluginlake/fhir/tape_builder.h"

namespace pluginlake::fhir {

namespace {

constexpr std::size_t kKeptBytesFirst = std::size_t{1} << 14;
// Rare giants must not keep their memory: it is given back when the next document needs so much less.
constexpr std::size_t kShrinkNodes = std::size_t{1} << 18;

}  // namespace

JsonTape::JsonTape(const TapeLimits& limits)
    : limits_(limits), first_kept_(kKeptBytesFirst), kept_(first_kept_.data(), first_kept_.size()) {}

JsonTape::~JsonTape() = default;

TapeFault JsonTape::Build(std::string_view json) {
  node_count_ = 0;
  references_.clear();
  kept_.release();
  fault_offset_ = 0;
  minified_ = false;
  StructuralIndex index;
  switch (indexer_.Build(json, index)) {
    case IndexFault::kInvalidUtf8:
      return TapeFault::kInvalidUtf8;
    case IndexFault::kInvalidJson:
      return TapeFault::kInvalidJson;
    case IndexFault::kNone:
      break;
  }
  // Each value has a sign to itself (a comma, a colon, a closing bracket), except below brackets that are never closed.
  MakeRoom(index.count / 2 + limits_.depth_max + 2);
  return TapeBuilder(*this, json, index).Run();
}

void JsonTape::MakeRoom(std::size_t nodes) {
  const std::size_t wanted =
      std::min<std::size_t>(nodes, limits_.nodes_max) + 2;  // one more for the id a root is given
  if (nodes_.size() > kShrinkNodes && nodes_.size() / 8 > wanted) {
    nodes_ = {};
  }
  if (nodes_.size() < wanted) {
    nodes_.resize(wanted + wanted / 2);
  }
}

const TapeNode* JsonTape::Find(std::uint32_t parent, std::string_view name) const {
  if (nodes_[parent].kind != TapeKind::kObject) {
    return nullptr;
  }
  for (std::uint32_t at = parent + 1; at < nodes_[parent].next; at = nodes_[at].next) {
    if (nodes_[at].name_size == name.size() && nodes_[at].name() == name) {
      return &nodes_[at];
    }
  }
  return nullptr;
}

std::string_view JsonTape::Keep(std::string_view text) {
  auto* kept = static_cast<char*>(kept_.allocate(text.size() + kKeptPadding, 1));
  std::memcpy(kept, text.data(), text.size());
  std::memset(kept + text.size(), 0, kKeptPadding);
  return {kept, text.size()};
}

void JsonTape::SetText(std::uint32_t node, std::string_view content, bool needs_quoting) {
  nodes_[node].text_data = content.data();
  nodes_[node].text_size = static_cast<std::uint32_t>(content.size());
  nodes_[node].text_needs_quoting = needs_quoting;
}

void JsonTape::AddRootString(std::string_view name, std::string_view content) {
  const std::string_view kept_name = Keep(name);
  const std::string_view kept_content = Keep(content);
  const auto next = static_cast<std::uint32_t>(node_count_ + 1);
  nodes_[node_count_++] = {.name_data = kept_name.data(),
                           .text_data = kept_content.data(),
                           .name_size = static_cast<std::uint32_t>(kept_name.size()),
                           .text_size = static_cast<std::uint32_t>(kept_content.size()),
                           .next = next,
                           .kind = TapeKind::kString,
                           .name_needs_quoting = true,
                           .text_needs_quoting = true};
  nodes_[0].next = next;
}

}  // namespace pluginlake::fhir
