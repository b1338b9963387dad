// Builds the tape over simdjson's structural index: its vectorized first stage finds where tokens start and checks UTF-8,
// the builder below checks the grammar with a stack of its own, so that no document can exhaust the thread's stack.
#include "pluginlake/fhir/json_tape.h"

#include <simdjson.h>

#include <algorithm>
#include <cstring>

#include "pluginlake/core/error.h"
#include "pluginlake/fhir/json_text.h"
#include "pluginlake/fhir/name_order.h"

namespace pluginlake::fhir {

namespace {

constexpr std::size_t kDocumentBytesFirst = std::size_t{1} << 16;
constexpr std::uint32_t kNamesComparedMax = 64;  // objects with more members are sorted to find a name given twice
constexpr std::string_view kReferenceName = "reference";

bool IsSpace(char byte) { return byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t'; }

}  // namespace

struct JsonTape::Indexer {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;

  // Makes room for a document of `size` bytes.
  void Fit(std::size_t size) {
    if (stage != nullptr && stage->capacity() >= size) {
      return;
    }
    const std::size_t capacity = std::max(size + size / 2, kDocumentBytesFirst);
    PL_CHECK(simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, stage) ==
                 simdjson::SUCCESS,
             "no room for the index of a JSON document");
  }
};

// One Build: a walk over the structural index.
class TapeBuilder {
 public:
  TapeBuilder(JsonTape& tape, std::string_view json)
      : tape_(tape),
        nodes_(tape.nodes_),
        json_(json),
        at_(tape.indexer_->stage->structural_indexes.get()),
        end_(at_ + tape.indexer_->stage->n_structural_indexes) {
    FindBackslash(json.data());
  }

  TapeFault Run() {
    bool good = ReadValue(TapeNode{});
    while (good && !open_.empty()) {
      good = nodes_[open_.back().node].kind == TapeKind::kObject ? StepObject() : StepArray();
    }
    if (good && at_ != end_) {
      good = Fail(TapeFault::kInvalidJson);
    }
    tape_.minified_ = good && token_bytes_ == json_.size();
    return fault_;
  }

 private:
  struct OpenNode {
    std::uint32_t node = 0;
    std::uint32_t members = 0;
    std::uint64_t names_seen = 0;  // one bit a hash of a name
  };
  struct StringToken {
    std::string_view token;    // with quotes
    std::string_view content;  // escapes undone
    bool has_escape = false;
  };

  std::size_t offset() const { return at_ == end_ ? json_.size() : *at_; }
  char Peek() const { return at_ == end_ ? '\0' : json_[*at_]; }
  void TakeSign() {
    ++at_;
    ++token_bytes_;
  }

  // Remembers the first fault; returns false.
  bool Fail(TapeFault fault) {
    if (fault_ == TapeFault::kNone || fault_ == TapeFault::kDuplicateKey) {
      fault_ = fault;
      tape_.fault_offset_ = offset();
    }
    return false;
  }

  void FindBackslash(const char* from) {
    const char* end = json_.data() + json_.size();
    const void* found = std::memchr(from, '\\', static_cast<std::size_t>(end - from));
    next_backslash_ = found == nullptr ? end : static_cast<const char*>(found);
  }

  // Takes the token at the cursor, without the white space that follows it.
  std::string_view TakeToken() {
    const std::size_t begin = *at_++;
    std::size_t end = offset();
    while (end > begin + 1 && IsSpace(json_[end - 1])) {
      --end;
    }
    token_bytes_ += end - begin;
    return json_.substr(begin, end - begin);
  }

  // Takes the string at the cursor (a quote); escapes are checked and undone.
  bool TakeString(StringToken& string) {
    const std::string_view token = TakeToken();
    if (token.size() < 2 || token.back() != '"') {
      return Fail(TapeFault::kInvalidJson);
    }
    string.token = token;
    string.content = token.substr(1, token.size() - 2);
    string.has_escape = next_backslash_ < token.data() + token.size();
    return !string.has_escape || UndoEscapes(string);
  }

  bool UndoEscapes(StringToken& string) {
    FindBackslash(string.content.data() + string.content.size());
    std::string content;
    if (!AppendUnescaped(string.content, content)) {
      return Fail(TapeFault::kInvalidJson);
    }
    string.content = tape_.Keep(content);
    return true;
  }

  bool Push(TapeNode node, TapeKind kind) {
    if (nodes_.size() >= tape_.limits_.nodes_max) {
      return Fail(TapeFault::kTooManyNodes);
    }
    node.kind = kind;
    node.next = static_cast<std::uint32_t>(nodes_.size() + 1);
    nodes_.push_back(node);
    return true;
  }

  bool ReadValue(TapeNode node) {
    switch (Peek()) {
      case '{':
        return Open(node, TapeKind::kObject);
      case '[':
        return Open(node, TapeKind::kArray);
      case '"':
        return ReadString(node);
      default:
        return ReadScalar(node);
    }
  }

  bool ReadString(TapeNode node) {
    StringToken string;
    if (!TakeString(string)) {
      return false;
    }
    if (node.name() == kReferenceName) {
      tape_.references_.push_back({static_cast<std::uint32_t>(nodes_.size()), string.token});
    }
    node.text_data = string.content.data();
    node.text_size = static_cast<std::uint32_t>(string.content.size());
    node.text_has_escape = string.has_escape;
    return Push(node, TapeKind::kString);
  }

  bool ReadScalar(TapeNode node) {
    if (at_ == end_) {
      return Fail(TapeFault::kInvalidJson);
    }
    const std::uint32_t* start = at_;
    const std::string_view token = TakeToken();
    node.text_data = token.data();
    node.text_size = static_cast<std::uint32_t>(token.size());
    if (IsJsonNumber(token)) {
      return Push(node, TapeKind::kNumber);
    }
    if (token == "true" || token == "false") {
      return Push(node, token.size() == 4 ? TapeKind::kTrue : TapeKind::kFalse);
    }
    if (token == "null") {
      return Push(node, TapeKind::kNull);
    }
    at_ = start;
    return Fail(TapeFault::kInvalidJson);
  }

  bool Open(TapeNode node, TapeKind kind) {
    if (open_.size() >= tape_.limits_.depth_max) {
      return Fail(TapeFault::kTooDeep);
    }
    open_.push_back({.node = static_cast<std::uint32_t>(nodes_.size())});
    TakeSign();
    return Push(node, kind);
  }

  bool Close() {
    const OpenNode closed = open_.back();
    open_.pop_back();
    TakeSign();
    nodes_[closed.node].next = static_cast<std::uint32_t>(nodes_.size());
    if (closed.members > kNamesComparedMax && nodes_[closed.node].kind == TapeKind::kObject) {
      CheckManyNames(closed);
    }
    return true;
  }

  bool StepArray() {
    OpenNode& array = open_.back();
    if (Peek() == ']') {
      return Close();
    }
    if (array.members++ > 0) {
      if (Peek() != ',') {
        return Fail(TapeFault::kInvalidJson);
      }
      TakeSign();
    }
    return ReadValue(TapeNode{});
  }

  bool StepObject() {
    OpenNode& object = open_.back();
    if (Peek() == '}') {
      return Close();
    }
    if (object.members++ > 0) {
      if (Peek() != ',') {
        return Fail(TapeFault::kInvalidJson);
      }
      TakeSign();
    }
    StringToken name;
    if (Peek() != '"') {
      return Fail(TapeFault::kInvalidJson);
    }
    const std::size_t name_offset = *at_;
    if (!TakeString(name)) {
      return false;
    }
    CheckName(object, name.content, name_offset);
    if (Peek() != ':') {
      return Fail(TapeFault::kInvalidJson);
    }
    TakeSign();
    return ReadValue({.name_data = name.content.data(),
                      .name_size = static_cast<std::uint32_t>(name.content.size()),
                      .name_has_escape = name.has_escape});
  }

  // Looks for `name` among the members read so far, if a name with its hash was seen.
  void CheckName(OpenNode& object, std::string_view name, std::size_t name_offset) {
    const std::uint64_t hash = (NamePrefix(name) + name.size()) * 0x9E3779B97F4A7C15U;
    const std::uint64_t bit = std::uint64_t{1} << (hash >> 58);
    const bool seen = (object.names_seen & bit) != 0;
    object.names_seen |= bit;
    if (!seen || object.members > kNamesComparedMax) {
      return;
    }
    for (std::uint32_t at = object.node + 1; at < nodes_.size(); at = nodes_[at].next) {
      if (nodes_[at].name() == name) {
        MarkDuplicate(name_offset);
        return;
      }
    }
  }

  void CheckManyNames(const OpenNode& object) {
    std::vector<std::string_view> names;
    names.reserve(object.members);
    for (std::uint32_t at = object.node + 1; at < nodes_[object.node].next; at = nodes_[at].next) {
      names.push_back(nodes_[at].name());
    }
    std::ranges::sort(names);
    if (std::ranges::adjacent_find(names) != names.end()) {
      MarkDuplicate(offset());
    }
  }

  // A name given twice is told only when the rest of the document is sound.
  void MarkDuplicate(std::size_t name_offset) {
    if (fault_ == TapeFault::kNone) {
      fault_ = TapeFault::kDuplicateKey;
      tape_.fault_offset_ = name_offset;
    }
  }

  JsonTape& tape_;
  std::vector<TapeNode>& nodes_;
  std::string_view json_;
  const std::uint32_t* at_;
  const std::uint32_t* end_;
  const char* next_backslash_ = nullptr;
  std::vector<OpenNode> open_;
  std::size_t token_bytes_ = 0;
  TapeFault fault_ = TapeFault::kNone;
};

JsonTape::JsonTape(const TapeLimits& limits) : limits_(limits), indexer_(std::make_unique<Indexer>()) {}

JsonTape::~JsonTape() = default;

TapeFault JsonTape::Build(std::string_view json) {
  nodes_.clear();
  references_.clear();
  kept_texts_.clear();
  fault_offset_ = 0;
  minified_ = false;
  indexer_->Fit(json.size());
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(json.data());
  const simdjson::error_code error = indexer_->stage->stage1(bytes, json.size(), simdjson::stage1_mode::regular);
  if (error == simdjson::UTF8_ERROR) {
    return TapeFault::kInvalidUtf8;
  }
  if (error != simdjson::SUCCESS) {
    return TapeFault::kInvalidJson;
  }
  return TapeBuilder(*this, json).Run();
}

const TapeNode* JsonTape::Find(std::uint32_t parent, std::string_view name) const {
  if (nodes_[parent].kind != TapeKind::kObject) {
    return nullptr;
  }
  for (std::uint32_t at = parent + 1; at < nodes_[parent].next; at = nodes_[at].next) {
    if (nodes_[at].name() == name) {
      return &nodes_[at];
    }
  }
  return nullptr;
}

std::string_view JsonTape::Keep(std::string_view text) {
  std::string& kept = kept_texts_.emplace_back();
  kept.reserve(text.size() + sizeof(std::uint64_t));
  kept.append(text).append(sizeof(std::uint64_t), '\0');
  return std::string_view(kept).substr(0, text.size());
}

void JsonTape::ReplaceText(std::uint32_t node, std::string_view text) {
  const std::string_view kept = Keep(text);
  nodes_[node].text_data = kept.data();
  nodes_[node].text_size = static_cast<std::uint32_t>(kept.size());
  nodes_[node].text_has_escape = true;
}

void JsonTape::AddRootString(std::string_view name, std::string_view text) {
  const std::string_view kept_name = Keep(name);
  const std::string_view kept_text = Keep(text);
  const auto size = static_cast<std::uint32_t>(nodes_.size());
  nodes_.push_back({.name_data = kept_name.data(),
                    .text_data = kept_text.data(),
                    .name_size = static_cast<std::uint32_t>(kept_name.size()),
                    .text_size = static_cast<std::uint32_t>(kept_text.size()),
                    .next = size + 1,
                    .kind = TapeKind::kString,
                    .name_has_escape = true,
                    .text_has_escape = true});
  nodes_[0].next = size + 1;
}

}  // namespace pluginlake::fhir
