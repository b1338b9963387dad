// R4's patient compartment as data: which elements of which resource type name the Patient it is about.
#pragma once

#include <span>
#include <string_view>

namespace pluginlake::fhir {

struct CompartmentElement {
  std::string_view resource_type;
  std::string_view path;  // element names from the resource's root, joined by '.'
};

// Returns the elements of `resource_type`, the ones searched as `subject` or `patient` first, then in the definition's
// order; empty for types in no Patient's compartment.
std::span<const CompartmentElement> CompartmentElements(std::string_view resource_type);

}  // namespace pluginlake::fhir
