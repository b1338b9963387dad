// The usual form first.
#include "pluginlake/fhir/reference_key.h"

#include "pluginlake/fhir/reference.h"
#include "pluginlake/fhir/resource_types.h"

namespace pluginlake::fhir {

namespace {

constexpr std::string_view kUuidUrn = "urn:uuid:";

}  // namespace

std::string_view ReferenceKeyOf(std::string_view text, std::string_view wanted_type) {
  // Nearly all references are "Type/id", of the type that is asked for.
  if (!wanted_type.empty() && text.starts_with(wanted_type) && text.substr(wanted_type.size()).starts_with('/')) {
    const std::string_view id = text.substr(wanted_type.size() + 1);
    if (IsResourceId(id)) {
      return id;
    }
  }
  if (text.starts_with(kUuidUrn)) {
    return text.substr(kUuidUrn.size());
  }
  const Reference reference = ClassifyReference(text);
  const bool fits =
      reference.kind == ReferenceKind::kLocal && (wanted_type.empty() || reference.resource_type == wanted_type);
  return fits ? reference.resource_id : std::string_view{};
}

}  // namespace pluginlake::fhir
