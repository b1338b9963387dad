// Fills the table, at most a quarter of it.
#include "pluginlake/fhir/name_table.h"

#include <bit>

namespace pluginlake::fhir {

NameTable::NameTable(const std::vector<std::string>& names)
    : entries_(std::bit_ceil(names.size() * 4 + 1)), mask_(entries_.size() - 1) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string padded = names[i] + std::string(kWord, '\0');
    const Ends ends = EndsOf({padded.data(), names[i].size()});
    std::size_t place = PlaceOf(ends, names[i].size());
    while (entries_[place].number != kNone) {
      place = (place + 1) & mask_;
    }
    entries_[place] = {.ends = ends, .number = static_cast<std::uint32_t>(i), .name = names[i]};
  }
}

}  // namespace pluginlake::fhir
