// The compartment table, sorted by resource type.
#include "pluginlake/fhir/patient_compartment.h"

#include <algorithm>
#include <array>

namespace pluginlake::fhir {

namespace {

constexpr auto kElements = std::to_array<CompartmentElement>({
#include "pluginlake/fhir/patient_compartment.inc"
});
static_assert(std::ranges::is_sorted(kElements, {}, &CompartmentElement::resource_type));

}  // namespace

std::span<const CompartmentElement> CompartmentElements(std::string_view resource_type) {
  const auto found = std::ranges::equal_range(kElements, resource_type, {}, &CompartmentElement::resource_type);
  return {found.begin(), found.end()};
}

}  // namespace pluginlake::fhir
