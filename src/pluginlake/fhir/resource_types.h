// The resource types of FHIR R4 and the form of a resource id.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace pluginlake::fhir {

// R4: [A-Za-z0-9\-\.]{1,64}.
inline constexpr std::size_t kIdBytesMax = 64;

// Returns the names of all R4 resource types that can have instances, sorted by bytes.
std::span<const std::string_view> ResourceTypes();

// Says whether `name` is one of ResourceTypes(): exact case.
bool IsResourceType(std::string_view name);

// Says whether `id` has the form R4 gives to a resource id.
bool IsResourceId(std::string_view id);

}  // namespace pluginlake::fhir
