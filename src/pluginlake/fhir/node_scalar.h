// Reads a JSON value as the FHIR type its place has.
#pragma once

#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/path_value.h"

namespace pluginlake::fhir {

enum class Reading : std::uint8_t {
  kScalar,
  kNone,        // the element has no value
  kComplex,     // an object
  kUnexpected,  // another JSON type than the element's
};

// Reads `node` (nullptr = no value) into `scalar`, which then is no kNode.
Reading ReadScalar(const TapeNode* node, TypeKind kind, Value& scalar);

// Reads a whole number; false for fractions, exponents and what does not fit.
bool ReadInteger(std::string_view text, std::int64_t& number);

// Says whether two values of the document say the same: members in any order, numbers by their value.
bool DeepEqual(const JsonTape& tape, const TapeNode& left, const TapeNode& right);

// Appends a value of the document as JSON text without white space, its tokens as they came.
void AppendJson(const JsonTape& tape, const TapeNode& node, std::string& json);

}  // namespace pluginlake::fhir
