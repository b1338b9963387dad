// Compares single values as FHIRPath does.
#pragma once

#include <optional>

#include "pluginlake/fhir/path_value.h"

namespace pluginlake::fhir {

// What comparing gives.
enum class Order : std::uint8_t {
  kLess,
  kEqual,
  kGreater,
  kUnknown,       // dates of different precision, where one covers the other
  kIncomparable,  // values of different kinds
};

// Compares two scalars. Numbers by their value, texts by their bytes, dates and times by what they mean. A text
// compared with a date is read as one. Booleans have no order: kEqual or kIncomparable.
Order CompareScalars(const Value& left, const Value& right);

// FHIRPath's = of two scalars.
Truth EqualScalars(const Value& left, const Value& right);

}  // namespace pluginlake::fhir
