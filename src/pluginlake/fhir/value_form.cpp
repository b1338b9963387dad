// Maps FHIR's types to DuckDB's.
#include "pluginlake/fhir/value_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "pluginlake/fhir/element_model.h"

namespace pluginlake::fhir {

namespace {

constexpr int kDecimalWidthMax = 18;

struct NamedForm {
  std::string_view name;
  FormKind kind;
};

constexpr std::array kNamedForms = {
    NamedForm{"VARCHAR", FormKind::kText},
    NamedForm{"TEXT", FormKind::kText},
    NamedForm{"STRING", FormKind::kText},
    NamedForm{"CHARACTER VARYING", FormKind::kText},
    NamedForm{"BOOLEAN", FormKind::kBoolean},
    NamedForm{"INTEGER", FormKind::kInteger},
    NamedForm{"INT", FormKind::kInteger},
    NamedForm{"BIGINT", FormKind::kBigint},
    NamedForm{"DOUBLE", FormKind::kDouble},
    NamedForm{"DOUBLE PRECISION", FormKind::kDouble},
    NamedForm{"FLOAT", FormKind::kDouble},
    NamedForm{"DATE", FormKind::kDate},
    NamedForm{"TIMESTAMP WITH TIME ZONE", FormKind::kTimestamp},
    NamedForm{"TIMESTAMPTZ", FormKind::kTimestamp},
    NamedForm{"JSON", FormKind::kJson},
};

std::string_view Trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  const std::size_t last = text.find_last_not_of(" \t");
  return first == std::string_view::npos ? std::string_view{} : text.substr(first, last - first + 1);
}

std::string UpperCase(std::string_view text) {
  std::string upper(Trimmed(text));
  std::ranges::transform(upper, upper.begin(), [](char byte) {
    return byte >= 'a' && byte <= 'z' ? static_cast<char>(byte - 'a' + 'A') : byte;
  });
  return upper;
}

std::optional<int> SmallNumber(std::string_view text) {
  text = Trimmed(text);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc{} && end == text.data() + text.size() && number >= 0;
  return whole ? std::optional(number) : std::nullopt;
}

// Reads "DECIMAL(10,2)" and "NUMERIC(10, 2)", "VARCHAR(20)", whose length no column checks.
std::optional<ValueForm> FormWithArguments(std::string_view name, std::string_view arguments) {
  if (name == "VARCHAR" || name == "CHARACTER VARYING") {
    return SmallNumber(arguments) ? std::optional(ValueForm{}) : std::nullopt;
  }
  if (name != "DECIMAL" && name != "NUMERIC") {
    return std::nullopt;
  }
  const std::size_t comma = arguments.find(',');
  const std::optional<int> width = SmallNumber(arguments.substr(0, comma));
  const std::optional<int> scale =
      comma == std::string_view::npos ? std::optional(0) : SmallNumber(arguments.substr(comma + 1));
  if (!width || !scale || *width < 1 || *width > kDecimalWidthMax || *scale > *width) {
    return std::nullopt;
  }
  return ValueForm{.kind = FormKind::kDecimal,
                   .width = static_cast<std::uint8_t>(*width),
                   .scale = static_cast<std::uint8_t>(*scale)};
}

// The names of R4's elements that DuckDB quotes where it spells a STRUCT: its keywords.
constexpr auto kQuotedNames = std::to_array<std::string_view>(
    {"comment", "data", "end",  "header",   "identity",  "key",   "label",    "language", "map",
     "method",  "mode", "name", "operator", "precision", "rule",  "scope",    "source",   "start",
     "system",  "text", "time", "type",     "use",       "value", "variable", "version"});
static_assert(std::ranges::is_sorted(kQuotedNames));

std::string FieldName(const std::string& name) {
  return std::ranges::binary_search(kQuotedNames, name) ? '"' + name + '"' : name;
}

std::string StructName(const ValueForm& form, bool bare_numbers) {
  std::string name = "STRUCT(";
  for (const FieldForm& field : form.fields) {
    name += name.ends_with('(') ? "" : ", ";
    name += FieldName(field.name) + ' ' + ColumnTypeName(field.form, field.is_list, bare_numbers);
  }
  return name + ')';
}

std::string ScalarName(const ValueForm& form, bool bare_numbers) {
  switch (form.kind) {
    case FormKind::kText:
      return form.bare_number && bare_numbers ? "JSON" : "VARCHAR";
    case FormKind::kBoolean:
      return "BOOLEAN";
    case FormKind::kInteger:
      return "INTEGER";
    case FormKind::kBigint:
      return "BIGINT";
    case FormKind::kDouble:
      return "DOUBLE";
    case FormKind::kDecimal:
      return fmt::format("DECIMAL({},{})", form.width, form.scale);
    case FormKind::kDate:
      return "DATE";
    case FormKind::kTimestamp:
      return "TIMESTAMP WITH TIME ZONE";
    case FormKind::kJson:
      return "JSON";
    case FormKind::kStruct:
      break;
  }
  return StructName(form, bare_numbers);
}

}  // namespace

std::string ValueForm::type_name() const { return ScalarName(*this, false); }

std::string ColumnTypeName(const ValueForm& form, bool collection, bool bare_numbers) {
  return ScalarName(form, bare_numbers) + (collection ? "[]" : "");
}

TapeKind DirectKind(TypeKind kind, const ValueForm& form) {
  if (form.kind != FormKind::kText) {
    return TapeKind::kNull;
  }
  switch (kind) {
    case TypeKind::kString:
    case TypeKind::kDate:
    case TypeKind::kDateTime:
    case TypeKind::kTime:
      return form.bare_number ? TapeKind::kNull : TapeKind::kString;
    case TypeKind::kDecimal:
      return TapeKind::kNumber;
    default:
      return TapeKind::kNull;
  }
}

ValueForm PrimitiveForm(std::string_view fhir_type) {
  if (fhir_type == "integer64") {  // R5's, which a constant or a column may name
    return {.kind = FormKind::kBigint};
  }
  switch (KindOf(fhir_type)) {
    case TypeKind::kBoolean:
      return {.kind = FormKind::kBoolean};
    case TypeKind::kInteger:
      return {.kind = FormKind::kInteger};
    case TypeKind::kDecimal:
      return {.bare_number = true};
    default:
      return {};
  }
}

ValueForm ComplexForm(std::string_view fhir_type) {
  ValueForm form{.kind = FormKind::kStruct};
  for (const ModelElement& element : ElementsOf(fhir_type)) {
    const TypeKind kind = KindOf(element.types);
    if (element.is_choice || kind == TypeKind::kComplex || kind == TypeKind::kUnknown) {
      return {.kind = FormKind::kJson};
    }
    form.fields.push_back({.name = SnakeCase(element.name),
                           .element = std::string(element.name),
                           .is_list = element.is_list,
                           .form = PrimitiveForm(element.types),
                           .steps = {}});
  }
  return form.fields.empty() ? ValueForm{.kind = FormKind::kJson} : form;
}

std::optional<ValueForm> FormOfSqlType(std::string_view sql_type) {
  const std::string name = UpperCase(sql_type);
  const std::size_t bracket = name.find('(');
  if (bracket != std::string::npos && name.ends_with(')')) {
    const std::string_view arguments = std::string_view(name).substr(bracket + 1, name.size() - bracket - 2);
    return FormWithArguments(Trimmed(std::string_view(name).substr(0, bracket)), arguments);
  }
  const auto found = std::ranges::find(kNamedForms, name, &NamedForm::name);
  return found == kNamedForms.end() ? std::nullopt : std::optional(ValueForm{.kind = found->kind});
}

std::string SnakeCase(std::string_view name) {
  std::string snake;
  for (const char byte : name) {
    if (byte >= 'A' && byte <= 'Z') {
      snake += '_';
      snake += static_cast<char>(byte - 'A' + 'a');
    } else {
      snake += byte;
    }
  }
  return snake;
}

}  // namespace pluginlake::fhir
