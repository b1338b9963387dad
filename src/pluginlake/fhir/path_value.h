// What FHIRPath works on while a resource is evaluated.
#pragma once

#include <cstdint>
#include <string_view>

#include "pluginlake/fhir/place_tree.h"

namespace pluginlake::fhir {

enum class ValueKind : std::uint8_t { kNode, kBoolean, kInteger, kDecimal, kString, kDate, kDateTime, kTime };

// One item of a collection: a value of the resource (by its place and its number there), or a computed one. Texts live
// in the resource, the view, or the evaluator's memory for this resource.
struct Value {
  ValueKind kind = ValueKind::kNode;
  PlaceId place = 0;
  std::uint32_t item = 0;
  std::int64_t number = 0;  // kInteger, kBoolean
  std::string_view text;    // the other kinds; digits for kDecimal

  static Value Node(PlaceId place, std::uint32_t item) { return {.place = place, .item = item}; }
  static Value Boolean(bool value) { return {.kind = ValueKind::kBoolean, .number = value ? 1 : 0}; }
  static Value Integer(std::int64_t value) { return {.kind = ValueKind::kInteger, .number = value}; }
  static Value Text(ValueKind kind, std::string_view text) { return {.kind = kind, .text = text}; }
};

// FHIRPath's three truth values.
enum class Truth : std::uint8_t { kFalse, kTrue, kEmpty };

inline Truth TruthOf(bool value) { return value ? Truth::kTrue : Truth::kFalse; }
inline Truth Not(Truth value) { return value == Truth::kEmpty ? value : TruthOf(value == Truth::kFalse); }

inline Truth And(Truth left, Truth right) {
  if (left == Truth::kFalse || right == Truth::kFalse) return Truth::kFalse;
  return left == Truth::kTrue && right == Truth::kTrue ? Truth::kTrue : Truth::kEmpty;
}

inline Truth Or(Truth left, Truth right) { return Not(And(Not(left), Not(right))); }

inline Truth Xor(Truth left, Truth right) {
  return left == Truth::kEmpty || right == Truth::kEmpty ? Truth::kEmpty : TruthOf(left != right);
}

inline Truth Implies(Truth left, Truth right) { return Or(Not(left), right); }

}  // namespace pluginlake::fhir
