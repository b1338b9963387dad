// What can be said of an expression's values before any resource is seen.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pluginlake/fhir/path_binder.h"

namespace pluginlake::fhir {

// The kinds that comparison and arithmetic tell apart; kAny = not known before the values are there.
enum class ShapeKind { kNothing, kBoolean, kNumber, kText, kTemporal, kTime, kComplex, kAny };

ShapeKind KindOfShape(const PlaceTree& tree, const Shape& shape);

// Returns the one FHIR type of the values; empty when there are several, or none is known.
std::string FhirTypeOf(const PlaceTree& tree, const Shape& shape);

// Returns the FHIR type of computed values.
std::string_view FhirTypeOf(ValueKind kind);

// Returns a type named in an expression or as a column's type, without its qualifier: "Quantity" for "FHIR.Quantity"
// and for "http://hl7.org/fhir/StructureDefinition/Quantity".
std::string PlainTypeName(std::string_view name);

// Says whether values of the two kinds may be compared (=, !=) or ordered (<, >) with each other.
bool AreComparable(ShapeKind left, ShapeKind right);

std::string_view NameOf(ShapeKind kind);

}  // namespace pluginlake::fhir
