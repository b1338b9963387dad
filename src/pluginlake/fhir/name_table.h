// A small table of names, most of which a lookup misses: one hash, mostly one probe.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/name_order.h"

namespace pluginlake::fhir {

// Maps names to small numbers.
class NameTable {
 public:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;

  NameTable() = default;
  // Numbers the names by their positions; they are distinct.
  explicit NameTable(const std::vector<std::string>& names);

  // Returns the number of `name`, at whose start eight bytes are readable; kNone if it is not there.
  std::uint32_t Find(std::string_view name) const {
    const std::uint64_t prefix = NamePrefix(name);
    for (std::size_t place = PlaceOf(prefix, name);; place = (place + 1) & mask_) {
      const Entry& entry = entries_[place];
      if (entry.number == kNone) {
        return kNone;
      }
      if (entry.prefix == prefix && entry.name.size() == name.size() &&
          (name.size() <= sizeof prefix || std::memcmp(name.data(), entry.name.data(), name.size()) == 0)) {
        return entry.number;
      }
    }
  }

 private:
  struct Entry {
    std::uint64_t prefix = 0;
    std::uint32_t number = kNone;  // of an empty entry
    std::string name;
  };

  // By the first and the last bytes and the size: the choices of one element share all but their ends.
  std::size_t PlaceOf(std::uint64_t prefix, std::string_view name) const {
    std::uint64_t end = 0;
    if (name.size() > sizeof end) {
      std::memcpy(&end, name.data() + name.size() - sizeof end, sizeof end);
    }
    const std::uint64_t mixed = (prefix + end * 3 + name.size()) * 0x9E3779B97F4A7C15U;
    return static_cast<std::size_t>(mixed >> 32) & mask_;
  }

  std::vector<Entry> entries_{1};  // a power of two, mostly empty
  std::size_t mask_ = 0;
};

}  // namespace pluginlake::fhir
