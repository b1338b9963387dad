// What getReferenceKey() gives: the key of the resource that a reference names.
#pragma once

#include <string_view>

namespace pluginlake::fhir {

// Returns the id behind "Type/id" (an absolute URL and a version are fine), or the uuid of a "urn:uuid:"; empty for
// contained resources, searches and what is no reference, and for another type than `wanted_type` (empty = any).
std::string_view ReferenceKeyOf(std::string_view text, std::string_view wanted_type);

}  // namespace pluginlake::fhir
