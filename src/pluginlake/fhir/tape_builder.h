// One reading of a document into a tape: the walk over simdjson's structural index that checks JSON's grammar.
#pragma once

#include <cstdint>
#include <string_view>

#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/structural_index.h"

namespace pluginlake::fhir {

// Lives for one JsonTape::Build. Has a stack of its own: no document can exhaust the thread's.
class TapeBuilder {
 public:
  // `tape` has room for all nodes the index can hold.
  TapeBuilder(JsonTape& tape, std::string_view json, const StructuralIndex& index);

  TapeFault Run();

 private:
  using OpenNode = JsonTape::OpenNode;
  struct Content {
    std::string_view text;
    bool had_escape = false;
  };

  char Peek() const { return json_[*at_]; }
  bool Fail(TapeFault fault);
  void FindBackslash(const char* from);
  std::string_view TakeToken();
  bool TakeContent(std::string_view token, Content& content);
  bool UndoEscapes(Content& content);

  bool FillObject();
  bool FillArray();
  bool TakeSeparator(OpenNode& open);
  bool ReadName(OpenNode& object, TapeNode& node);
  bool ReadValue(TapeNode& node);
  bool ReadString(TapeNode& node);
  bool ReadScalar(TapeNode& node);
  bool FinishLeaf(TapeNode& node, TapeKind kind);
  bool Open(TapeNode& node, TapeKind kind);
  bool Close();

  void CheckName(OpenNode& object, std::string_view name);
  void CheckManyNames(const OpenNode& object);
  void MarkDuplicate(std::size_t offset);

  JsonTape& tape_;
  TapeNode* nodes_;
  std::vector<OpenNode>& open_;
  const char* json_;
  const char* json_end_;
  const char* next_backslash_ = nullptr;
  const std::uint32_t* at_;
  const std::uint32_t* end_;
  std::size_t count_ = 0;
  std::size_t token_bytes_ = 0;
  bool opened_ = false;  // the last value read is an array or object now open
  TapeFault fault_ = TapeFault::kNone;
};

}  // namespace pluginlake::fhir
