// The canonical form of a JSON document: equal for documents that say the same, however they are laid out.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/name_order.h"
#include "pluginlake/fhir/text_sink.h"

namespace pluginlake::fhir {

// Writes canonical forms; keeps its working memory from one document to the next. One a thread.
class CanonicalForm {
 public:
  // Returns the canonical form of the whole tape: members sorted by the bytes of their names, strings by their content
  // in one escaping, numbers and literals by their tokens, no white space. Recursion is as deep as the document, which
  // TapeLimits bounds. The form lives until the next call.
  std::string_view Write(const JsonTape& tape);

 private:
  void WriteValue(const TapeNode& value);
  void WriteObject(const TapeNode& object);
  void WriteArray(const TapeNode& array);
  void SortNames(std::size_t first);
  void WriteSorted(std::size_t first);

  const TapeNode* nodes_ = nullptr;
  TextSink form_;
  std::vector<SortedName> names_;  // a stack: each open object's members lie on those of the object around it
};

}  // namespace pluginlake::fhir
