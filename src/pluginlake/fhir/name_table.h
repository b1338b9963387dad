// A small table of names, most of which a lookup misses: one hash, one probe.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/name_order.h"

namespace pluginlake::fhir {

// Maps names to small numbers. Built once, without collisions.
class NameTable {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  NameTable() = default;
  // Numbers the names by their positions; they are distinct.
  explicit NameTable(const std::vector<std::string>& names);

  // Returns the number of `name`, at whose start eight bytes are readable; kNone if it is not there.
  std::uint32_t Find(std::string_view name) const {
    const std::uint64_t prefix = NamePrefix(name);
    const Entry& entry = entries_[PlaceOf(prefix, name)];
    if (entry.prefix != prefix || entry.size != name.size()) {
      return kNone;
    }
    const bool same = entry.size <= sizeof prefix || std::memcmp(name.data(), entry.name.data(), entry.size) == 0;
    return same ? entry.number : kNone;
  }

 private:
  struct Entry {
    std::uint64_t prefix = 0;
    std::size_t size = ~std::size_t{0};  // of an empty entry: no name is that long
    std::uint32_t number = kNone;
    std::string name;
  };

  // effectivePeriod and effectiveTiming begin alike and are equally long: the last bytes of a long name count too.
  std::size_t PlaceOf(std::uint64_t prefix, std::string_view name) const {
    std::uint64_t mixed = prefix ^ (name.size() * 0x9E3779B97F4A7C15U);
    if (name.size() > sizeof prefix) {
      std::uint64_t tail = 0;
      std::memcpy(&tail, name.data() + name.size() - sizeof tail, sizeof tail);
      mixed ^= tail * 0xC2B2AE3D27D4EB4FU;
    }
    return static_cast<std::size_t>((mixed * multiplier_) >> shift_);
  }
  bool TryFill(const std::vector<std::string>& names);

  std::vector<Entry> entries_{1};
  std::uint64_t multiplier_ = 1;
  unsigned shift_ = 63;
};

}  // namespace pluginlake::fhir
