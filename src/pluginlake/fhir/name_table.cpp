// Looks for a multiplier under which no two names meet.
#include "pluginlake/fhir/name_table.h"

#include "pluginlake/core/error.h"

namespace pluginlake::fhir {

namespace {

constexpr unsigned kBitsMax = 24;
constexpr int kTriesPerSize = 64;

std::string Padded(const std::string& name) { return name + std::string(sizeof(std::uint64_t), '\0'); }

}  // namespace

NameTable::NameTable(const std::vector<std::string>& names) {
  unsigned bits = 1;
  while ((std::size_t{1} << bits) < names.size() * 2) {
    ++bits;
  }
  multiplier_ = 0x9E3779B97F4A7C15U;
  for (; bits <= kBitsMax; ++bits) {
    shift_ = 64 - bits;
    for (int round = 0; round < kTriesPerSize; ++round) {
      if (TryFill(names)) {
        return;
      }
      multiplier_ = multiplier_ * 6364136223846793005U + 1442695040888963407U;
      multiplier_ |= 1;
    }
  }
  core::ThrowInternal("a table of names found no place for all", __FILE__, __LINE__);
}

bool NameTable::TryFill(const std::vector<std::string>& names) {
  entries_.assign(std::size_t{1} << (64 - shift_), Entry{});
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string padded = Padded(names[i]);
    const std::uint64_t prefix = NamePrefix({padded.data(), names[i].size()});
    Entry& entry = entries_[PlaceOf(prefix, names[i])];
    if (entry.number != kNone) {
      return false;
    }
    entry = {.prefix = prefix, .size = names[i].size(), .number = static_cast<std::uint32_t>(i), .name = names[i]};
  }
  return true;
}

}  // namespace pluginlake::fhir
