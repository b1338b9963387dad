// The rules of SQL-on-FHIR on column types.
#include "pluginlake/fhir/column_binder.h"

#include <fmt/format.h>

#include "pluginlake/core/error.h"
#include "pluginlake/fhir/shape_rules.h"
#include "pluginlake/fhir/view_definition.h"

namespace pluginlake::fhir {

namespace {

[[noreturn]] void Refuse(const ColumnDefinition& column, const std::string& reason) {
  throw core::Error(core::ErrorKind::kInvalidInput, "PL-0707",
                    fmt::format("{} ({}): {}", column.place, column.name, reason),
                    "Give the column the type of what its path selects, or another path.");
}

// The type of values whose type is not the same everywhere, by what they have in common.
std::string CommonType(ShapeKind kind) {
  switch (kind) {
    case ShapeKind::kBoolean:
      return "boolean";
    case ShapeKind::kNumber:
      return "decimal";
    case ShapeKind::kTemporal:
      return "dateTime";
    case ShapeKind::kTime:
      return "time";
    case ShapeKind::kText:
      return "string";
    default:
      return {};
  }
}

bool IsComplexType(const std::string& type) { return KindOf(type) == TypeKind::kComplex; }

// Finds the elements of a struct below each place the values may come from.
void PlaceFields(PlaceTree& tree, const Shape& shape, ValueForm& form) {
  for (FieldForm& field : form.fields) {
    for (const PlaceId place : shape.places) {
      const std::string suffix = "." + field.element;
      const std::string owner = tree.place(place).type;
      const auto element = FindElement(owner, field.element);
      const MemberKey key{
          .json_name = field.element, .type = element ? element->types : std::string_view{}, .path_suffix = suffix};
      const EdgeId edge = tree.Member(place, key);
      const TapeKind direct = DirectKind(tree.place(tree.edge(edge).target).kind, field.form);
      field.direct = field.steps.empty() || field.direct == direct ? direct : TapeKind::kNull;
      field.steps.emplace_back(place, edge);
    }
  }
}

void CheckComplex(const PlaceTree& tree, const ColumnDefinition& column, const Shape& shape,
                  const std::string& declared) {
  if (declared.empty()) {
    Refuse(column, "the path selects a complex value, so the column needs a type, for example \"type\": \"Coding\"");
  }
  for (const PlaceId place : shape.places) {
    const std::string& type = tree.place(place).type;
    if (!type.empty() && !IsKindOf(type, declared) && !IsKindOf(declared, type)) {
      Refuse(column, fmt::format("the path selects {}, not {}", type, declared));
    }
  }
}

// Says in which way a declared primitive type is not the path's own; empty if it is.
std::string Mismatch(const std::string& declared, const std::string& actual, ShapeKind actual_kind) {
  const bool same_kind = KindOf(declared) == KindOf(actual);
  const bool both_numbers = actual_kind == ShapeKind::kNumber && KindOf(declared) == TypeKind::kDecimal;
  const bool both_moments = actual_kind == ShapeKind::kTemporal &&
                            (KindOf(declared) == TypeKind::kDate || KindOf(declared) == TypeKind::kDateTime);
  if (actual.empty() || same_kind || both_numbers || both_moments) {
    return {};
  }
  return fmt::format("the column is declared as {}, its path selects {}", declared, actual);
}

std::string DeclaredType(const ColumnDefinition& column) {
  std::string declared = PlainTypeName(column.type);
  if (!declared.empty() && !IsModelType(declared) && declared != "integer64") {
    Refuse(column, fmt::format("FHIR R4 has no type {}", column.type));
  }
  return declared;
}

ValueForm AnsiForm(const ColumnDefinition& column) {
  const std::optional<ValueForm> form = FormOfSqlType(column.ansi_type);
  if (!form) {
    Refuse(column,
           fmt::format("the tag ansi/type names a type that a column cannot have: {} (BOOLEAN, INTEGER, BIGINT, "
                       "DOUBLE, DECIMAL to 18 digits, VARCHAR, DATE, TIMESTAMP WITH TIME ZONE, JSON)",
                       column.ansi_type));
  }
  return *form;
}

}  // namespace

ColumnType DecideColumnType(PlaceTree& tree, const ColumnDefinition& column, const Shape& shape) {
  const ShapeKind kind = KindOfShape(tree, shape);
  const std::string declared = DeclaredType(column);
  std::string actual = FhirTypeOf(tree, shape);
  actual = actual.empty() ? CommonType(kind) : actual;
  ColumnType decided{.fhir_type = declared.empty() ? actual : declared, .form = {}, .warning = {}};
  const bool wants_complex = IsComplexType(decided.fhir_type);
  if (kind == ShapeKind::kComplex) {
    CheckComplex(tree, column, shape, declared);
  }
  if (wants_complex != (kind == ShapeKind::kComplex) && kind != ShapeKind::kAny && kind != ShapeKind::kNothing) {
    Refuse(column, fmt::format("the path selects {}, not {}", actual.empty() ? "a complex value" : actual, declared));
  }
  if (wants_complex) {
    decided.form = ComplexForm(decided.fhir_type);
    PlaceFields(tree, shape, decided.form);
  } else {
    decided.form = PrimitiveForm(decided.fhir_type);
    decided.warning = declared.empty() ? "" : Mismatch(declared, actual, kind);
  }
  if (!column.ansi_type.empty()) {
    if (wants_complex) {
      Refuse(column, "the tag ansi/type is for primitive values");
    }
    decided.form = AnsiForm(column);
  }
  return decided;
}

}  // namespace pluginlake::fhir
