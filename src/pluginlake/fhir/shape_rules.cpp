// Joins what the places of a shape say.
#include "pluginlake/fhir/shape_rules.h"

#include <algorithm>
#include <array>

namespace pluginlake::fhir {

namespace {

ShapeKind KindOfType(TypeKind kind) {
  switch (kind) {
    case TypeKind::kBoolean:
      return ShapeKind::kBoolean;
    case TypeKind::kInteger:
    case TypeKind::kDecimal:
      return ShapeKind::kNumber;
    case TypeKind::kString:
      return ShapeKind::kText;
    case TypeKind::kDate:
    case TypeKind::kDateTime:
      return ShapeKind::kTemporal;
    case TypeKind::kTime:
      return ShapeKind::kTime;
    case TypeKind::kComplex:
      return ShapeKind::kComplex;
    case TypeKind::kUnknown:
      break;
  }
  return ShapeKind::kAny;
}

ShapeKind KindOfComputed(ValueKind kind) {
  switch (kind) {
    case ValueKind::kBoolean:
      return ShapeKind::kBoolean;
    case ValueKind::kInteger:
    case ValueKind::kDecimal:
      return ShapeKind::kNumber;
    case ValueKind::kDate:
    case ValueKind::kDateTime:
      return ShapeKind::kTemporal;
    case ValueKind::kTime:
      return ShapeKind::kTime;
    default:
      return ShapeKind::kText;
  }
}

}  // namespace

ShapeKind KindOfShape(const PlaceTree& tree, const Shape& shape) {
  if (shape.is_nothing()) {
    return ShapeKind::kNothing;
  }
  std::optional<ShapeKind> common;
  const auto join = [&common](ShapeKind kind) { common = common.value_or(kind) == kind ? kind : ShapeKind::kAny; };
  for (const PlaceId place : shape.places) {
    join(KindOfType(tree.place(place).kind));
  }
  if (shape.computed) {
    join(KindOfComputed(*shape.computed));
  }
  return common.value_or(ShapeKind::kAny);
}

std::string_view FhirTypeOf(ValueKind kind) {
  switch (kind) {
    case ValueKind::kBoolean:
      return "boolean";
    case ValueKind::kInteger:
      return "integer";
    case ValueKind::kDecimal:
      return "decimal";
    case ValueKind::kDate:
      return "date";
    case ValueKind::kDateTime:
      return "dateTime";
    case ValueKind::kTime:
      return "time";
    default:
      return "string";
  }
}

std::string FhirTypeOf(const PlaceTree& tree, const Shape& shape) {
  std::string common(shape.computed ? FhirTypeOf(*shape.computed) : std::string_view{});
  for (const PlaceId place : shape.places) {
    const std::string& type = tree.place(place).type;
    if (type.empty() || (!common.empty() && common != type)) {
      return {};
    }
    common = type;
  }
  return common;
}

std::string PlainTypeName(std::string_view name) {
  constexpr std::string_view kFhir = "http://hl7.org/fhir/StructureDefinition/";
  constexpr std::string_view kSystem = "http://hl7.org/fhirpath/";
  if (name.starts_with(kFhir)) {
    name.remove_prefix(kFhir.size());
  } else if (name.starts_with(kSystem)) {
    name.remove_prefix(kSystem.size());
  }
  if (name.starts_with("FHIR.")) {
    name.remove_prefix(5);
  }
  if (name.starts_with("System.")) {
    std::string system(name.substr(7));
    if (!system.empty() && system != "Quantity") {
      system.front() = static_cast<char>(system.front() | 0x20);
    }
    return system;
  }
  return std::string(name == "SimpleQuantity" || name == "MoneyQuantity" ? "Quantity" : name);
}

bool AreComparable(ShapeKind left, ShapeKind right) {
  const auto is_open = [](ShapeKind kind) { return kind == ShapeKind::kAny || kind == ShapeKind::kNothing; };
  if (left == right || is_open(left) || is_open(right)) {
    return true;
  }
  // A text may be a date: it is read as one when it is compared with one.
  const auto is_text_like = [](ShapeKind kind) {
    return kind == ShapeKind::kText || kind == ShapeKind::kTemporal || kind == ShapeKind::kTime;
  };
  const bool both_temporal = left != ShapeKind::kText && right != ShapeKind::kText;
  return is_text_like(left) && is_text_like(right) && !both_temporal;
}

std::string_view NameOf(ShapeKind kind) {
  constexpr std::array<std::string_view, 8> kNames = {"nothing", "a boolean",     "a number",        "a text",
                                                      "a date",  "a time of day", "a complex value", "any value"};
  return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace pluginlake::fhir
