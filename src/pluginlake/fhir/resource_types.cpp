// The resource types of FHIR R4 as a sorted table, found by binary search.
#include "pluginlake/fhir/resource_types.h"

#include <algorithm>
#include <array>

namespace pluginlake::fhir {

namespace {

constexpr auto kResourceTypes = std::to_array<std::string_view>({
#include "pluginlake/fhir/resource_types.inc"
});
static_assert(std::ranges::is_sorted(kResourceTypes));

constexpr std::array<bool, 256> IdBytes() {
  std::array<bool, 256> allowed{};
  for (std::size_t byte = 0; byte < allowed.size(); ++byte) {
    allowed[byte] = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
                    byte == '-' || byte == '.';
  }
  return allowed;
}

constexpr std::array<bool, 256> kIdBytes = IdBytes();

}  // namespace

std::span<const std::string_view> ResourceTypes() { return kResourceTypes; }

bool IsResourceType(std::string_view name) { return std::ranges::binary_search(kResourceTypes, name); }

bool IsResourceId(std::string_view id) {
  return !id.empty() && id.size() <= kIdBytesMax &&
         std::ranges::all_of(id, [](char byte) { return kIdBytes[static_cast<unsigned char>(byte)]; });
}

}  // namespace pluginlake::fhir
