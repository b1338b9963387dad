// What FHIR R4 says of its types: which elements each has, in which order, of which type. Data: data/r4_elements.csv.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace pluginlake::fhir {

// An element of a type. `types` is one name or, for a choice (value[x]), several joined by '|'.
struct ModelElement {
  std::string_view name;  // without [x]
  std::string_view types;
  bool is_choice = false;
  bool is_list = false;
};

// How values of a type stand in JSON, and what FHIRPath may do with them.
enum class TypeKind { kBoolean, kInteger, kDecimal, kString, kDate, kDateTime, kTime, kComplex, kUnknown };

// Says whether R4 has a type of this name: a resource, a datatype, or a part of one ("Patient.contact").
bool IsModelType(std::string_view type);

// Returns the type that `type` is a kind of ("string" for "code"); empty when there is none.
std::string_view BaseTypeOf(std::string_view type);

// Says whether `type` is `ancestor` or a kind of it.
bool IsKindOf(std::string_view type, std::string_view ancestor);

// Returns kUnknown for names that R4 does not have.
TypeKind KindOf(std::string_view type);

// Returns the element `name` of `type`, inherited ones too; nullopt when the type has none.
std::optional<ModelElement> FindElement(std::string_view type, std::string_view name);

// Returns the elements of `type` in the model's order, inherited ones first, without what every Element has (id,
// extension) and what every backbone has (modifierExtension).
std::vector<ModelElement> ElementsOf(std::string_view type);

// Returns the names in `types`, split at '|'.
std::vector<std::string_view> SplitTypes(std::string_view types);

}  // namespace pluginlake::fhir
