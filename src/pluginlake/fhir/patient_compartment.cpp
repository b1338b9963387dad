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
  const auto* const first = std::ranges::lower_bound(kElements, resource_type, {}, &CompartmentElement::resource_type);
  const auto* const last = std::ranges::upper_bound(kElements, resource_type, {}, &CompartmentElement::resource_type);
  return {first, last};
}

}  // namespace pluginlake::fhir
