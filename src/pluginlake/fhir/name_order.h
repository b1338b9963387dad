// Order and identity of member names by their first eight bytes, which tell nearly all names apart.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace pluginlake::fhir {

// Returns the first eight bytes of `name` as a number that orders as the bytes do; missing bytes count as 0. Eight
// bytes must be readable at its start.
inline std::uint64_t NamePrefix(std::string_view name) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, name.data(), sizeof bytes);
  const std::uint64_t number = __builtin_bswap64(bytes);
  const std::size_t missing = name.size() < sizeof bytes ? sizeof bytes - name.size() : 0;
  return missing == sizeof bytes ? 0 : number >> (8 * missing) << (8 * missing);
}

// A name in a list to be sorted, and where its member is.
struct SortedName {
  std::uint64_t prefix = 0;
  std::uint32_t node = 0;
};

}  // namespace pluginlake::fhir
