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
    const Ends ends = EndsOf(name);
    for (std::size_t place = PlaceOf(ends, name.size());; place = (place + 1) & mask_) {
      const Entry& entry = entries_[place];
      if (entry.number == kNone) {
        return kNone;
      }
      if (entry.ends.first == ends.first && entry.ends.last == ends.last && entry.name.size() == name.size() &&
          (name.size() <= 2 * kWord || std::memcmp(name.data(), entry.name.data(), name.size()) == 0)) {
        return entry.number;
      }
    }
  }

 private:
  static constexpr std::size_t kWord = sizeof(std::uint64_t);

  // The first and the last eight bytes: all of a name of up to sixteen.
  struct Ends {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
  };
  struct Entry {
    Ends ends;
    std::uint32_t number = kNone;  // of an empty entry
    std::string name;
  };

  static Ends EndsOf(std::string_view name) {
    Ends ends{.first = NamePrefix(name)};
    if (name.size() > kWord) {
      std::memcpy(&ends.last, name.data() + name.size() - kWord, kWord);
    }
    return ends;
  }
  std::size_t PlaceOf(const Ends& ends, std::size_t size) const {
    return static_cast<std::size_t>(((ends.first + ends.last * 3 + size) * 0x9E3779B97F4A7C15U) >> 32) & mask_;
  }

  std::vector<Entry> entries_{1};  // a power of two, mostly empty
  std::size_t mask_ = 0;
};

}  // namespace pluginlake::fhir
