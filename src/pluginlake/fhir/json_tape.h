// One JSON document as a flat tape of nodes: checked whole in one pass, walked as often as wanted, nothing copied.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/structural_index.h"

namespace pluginlake::fhir {

enum class TapeKind : std::uint8_t { kNull, kFalse, kTrue, kNumber, kString, kArray, kObject };

// One value of the document, after the name it has in an object (kept with it). Its children, if any, follow it; `next`
// is the index of the node after it and all it holds. The views point into the document, or into the tape's own text.
struct TapeNode {
  const char* name_data = nullptr;  // without quotes, escapes undone
  const char* text_data = nullptr;  // a number's or literal's token; a string without quotes, escapes undone
  std::uint32_t name_size = 0;
  std::uint32_t text_size = 0;
  std::uint32_t next = 0;
  TapeKind kind = TapeKind::kNull;
  // The content does not stand between quotes in memory as it would in JSON: it was undone from escapes, or replaced.
  bool name_needs_quoting = false;
  bool text_needs_quoting = false;

  std::string_view name() const { return {name_data, name_size}; }
  std::string_view text() const { return {text_data, text_size}; }
};

// Bytes that may be read beyond the end of any name or text of a tape.
inline constexpr std::size_t kKeptPadding = 64;

// Why a document gives no tape.
enum class TapeFault : std::uint8_t { kNone, kInvalidJson, kInvalidUtf8, kDuplicateKey, kTooDeep, kTooManyNodes };

// A string named "reference", and its token in the document, with quotes.
struct ReferenceToken {
  std::uint32_t node = 0;
  std::string_view token;
};

struct TapeLimits {
  std::uint32_t depth_max = 200;      // arrays and objects open at once
  std::uint32_t nodes_max = 4000000;  // values in one document
};

// Reusable; one a thread. Nodes and views live until the next Build.
class JsonTape {
 public:
  explicit JsonTape(const TapeLimits& limits);
  ~JsonTape();
  JsonTape(const JsonTape&) = delete;
  JsonTape& operator=(const JsonTape&) = delete;

  // Reads `json`, which must stay where it is and be followed by 64 readable bytes. The whole document is checked:
  // UTF-8, grammar, escapes, names that occur twice in an object.
  TapeFault Build(std::string_view json);

  // Returns the values in the document's order, the root first.
  std::span<const TapeNode> nodes() const { return {nodes_.data(), node_count_}; }
  // Returns the byte of the document at which the fault was found; 0 when it is not known.
  std::size_t fault_offset() const { return fault_offset_; }
  // Returns all strings named "reference", in the document's order.
  const std::vector<ReferenceToken>& references() const { return references_; }
  // Says whether the document holds no white space between its tokens.
  bool minified() const { return minified_; }

  // Returns the member `name` of the object at `parent`; nullptr when it has none or is no object.
  const TapeNode* Find(std::uint32_t parent, std::string_view name) const;
  std::uint32_t IndexOf(const TapeNode& node) const { return static_cast<std::uint32_t>(&node - nodes_.data()); }

  // Gives a string another content, which must live until the next Build. `needs_quoting`: it may hold characters that
  // JSON escapes, or does not stand between quotes in memory.
  void SetText(std::uint32_t node, std::string_view content, bool needs_quoting);
  // Appends a string member to the root, which must be an object without that member. Both texts are copied.
  void AddRootString(std::string_view name, std::string_view content);
  // Returns a copy of `text` that lives until the next Build and may be read kKeptPadding bytes beyond its end.
  std::string_view Keep(std::string_view text);

 private:
  friend class TapeBuilder;
  // An array or object whose end is not read yet.
  struct OpenNode {
    std::uint32_t node = 0;
    std::uint32_t members = 0;
    std::uint64_t names_seen = 0;  // one bit a hash of a name
  };

  void MakeRoom(std::size_t nodes);

  TapeLimits limits_;
  StructuralIndexer indexer_;
  std::vector<TapeNode> nodes_;  // grows and stays; the first node_count_ are the document's
  std::size_t node_count_ = 0;
  std::vector<OpenNode> open_;
  std::vector<ReferenceToken> references_;
  std::vector<std::byte> first_kept_;         // where most documents' kept texts fit
  std::pmr::monotonic_buffer_resource kept_;  // what is not in the document: undone escapes, replaced texts
  std::size_t fault_offset_ = 0;
  bool minified_ = false;
};

}  // namespace pluginlake::fhir
