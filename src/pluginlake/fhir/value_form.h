// How the values of a column are written: DuckDB's type, and what is done to a FHIR value to fit it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/place_tree.h"

namespace pluginlake::fhir {

enum class FormKind : std::uint8_t {
  kText,
  kBoolean,
  kInteger,
  kBigint,
  kDouble,
  kDecimal,
  kDate,
  kTimestamp,
  kJson,    // complex values as JSON text
  kStruct,  // complex values by their elements
};

struct FieldForm;

struct ValueForm {
  FormKind kind = FormKind::kText;
  std::uint8_t width = 0;  // kDecimal
  std::uint8_t scale = 0;
  bool bare_number = false;       // kText: digits as written, a number in JSON output
  std::vector<FieldForm> fields;  // kStruct

  // DuckDB's name of the type.
  std::string type_name() const;
};

// A field of a struct: an element of the complex type.
struct FieldForm {
  std::string name;     // "user_selected"
  std::string element;  // "userSelected"
  bool is_list = false;
  ValueForm form;
  // A value of this JSON type is written as it stands; kNull = it must be converted.
  TapeKind direct = TapeKind::kNull;
  // Where the element stands below each place the column may come from; filled when the view is linked.
  std::vector<std::pair<PlaceId, EdgeId>> steps;
};

// Returns the JSON type that values of the kind have if their text is what the form wants; kNull = it never is.
TapeKind DirectKind(TypeKind kind, const ValueForm& form);

// Returns the form of a primitive FHIR type; kText for types R4 does not have.
ValueForm PrimitiveForm(std::string_view fhir_type);

// Returns the form of a complex type: a struct if all its elements are primitive, else JSON text.
ValueForm ComplexForm(std::string_view fhir_type);

// Reads the value of an `ansi/type` tag or DuckDB's own name of a type; nullopt for types a column cannot have.
std::optional<ValueForm> FormOfSqlType(std::string_view sql_type);

// Returns the DuckDB type of a column; `bare_numbers` gives what is a number in FHIR but text in the column the type
// JSON, so that it is written without quotes.
std::string ColumnTypeName(const ValueForm& form, bool collection, bool bare_numbers);

// Returns "user_selected" for "userSelected".
std::string SnakeCase(std::string_view name);

}  // namespace pluginlake::fhir
