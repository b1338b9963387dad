// The resource types of FHIR R4 as a sorted table, found by a hash made at compile time.
#include "pluginlake/fhir/resource_types.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace pluginlake::fhir {

namespace {

constexpr auto kResourceTypes = std::to_array<std::string_view>({
#include "pluginlake/fhir/resource_types.inc"
});
static_assert(std::ranges::is_sorted(kResourceTypes));

// A hash table of positions in kResourceTypes, plus one; 0 is an empty place, a taken place leads to the next.
constexpr std::size_t kPlaces = 1024;

constexpr std::size_t PlaceOf(std::string_view name) {
  std::size_t hash = name.size();
  for (const std::size_t at : {std::size_t{0}, name.size() / 3, name.size() / 2, name.size() - 2, name.size() - 1}) {
    hash = hash * 31 + static_cast<unsigned char>(name[at]);
  }
  return hash % kPlaces;
}

constexpr std::array<std::uint8_t, kPlaces> TypePlaces() {
  std::array<std::uint8_t, kPlaces> places{};
  for (std::size_t type = 0; type < kResourceTypes.size(); ++type) {
    std::size_t place = PlaceOf(kResourceTypes[type]);
    while (places[place] != 0) {
      place = (place + 1) % kPlaces;
    }
    places[place] = static_cast<std::uint8_t>(type + 1);
  }
  return places;
}

constexpr std::array<std::uint8_t, kPlaces> kTypePlaces = TypePlaces();

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

bool IsResourceType(std::string_view name) {
  if (name.size() < 2) {
    return false;
  }
  for (std::size_t place = PlaceOf(name); kTypePlaces[place] != 0; place = (place + 1) % kPlaces) {
    if (kResourceTypes[kTypePlaces[place] - 1U] == name) {
      return true;
    }
  }
  return false;
}

bool IsResourceId(std::string_view id) {
  return !id.empty() && id.size() <= kIdBytesMax &&
         std::ranges::all_of(id, [](char byte) { return kIdBytes[static_cast<unsigned char>(byte)]; });
}

}  // namespace pluginlake::fhir
