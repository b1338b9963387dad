// Hashes identities and keeps them in open-addressed shards.
#include "pluginlake/sources/resource_key.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fmt/format.h>

#include <algorithm>

#include "pluginlake/core/error.h"

namespace pluginlake::sources {
namespace {

constexpr std::size_t kSlotsAtFirst = 256;  // a power of two

std::size_t PlaceOf(ResourceKey key, std::size_t slot_count) { return key.low & (slot_count - 1); }

}  // namespace

ResourceKey KeyOf(std::string_view resource_type, std::string_view resource_id) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(resource_id.data(), resource_id.size(),
                                                   XXH3_64bits(resource_type.data(), resource_type.size()));
  return {hash.high64, hash.low64};
}

ResourceKey KeyOfText(std::uint64_t scope, std::string_view text) {
  const XXH128_hash_t hash = XXH3_128bits_withSeed(text.data(), text.size(), scope);
  return {hash.high64, hash.low64};
}

ArrivalIndex::ArrivalIndex(std::uint64_t records_max) : shard_records_max_(records_max / kShardCount + 4096) {}

void ArrivalIndex::Add(ResourceKey key, std::uint32_t file) {
  Shard& shard = shards_[key.high % kShardCount];
  std::lock_guard lock(shard.mutex);
  if (shard.used * 3 >= shard.slots.size() * 2) {
    Grow(shard);
  }
  for (std::size_t place = PlaceOf(key, shard.slots.size());; place = (place + 1) & (shard.slots.size() - 1)) {
    Slot& slot = shard.slots[place];
    if (slot.arrivals == 0) {
      slot = Slot{.key = key, .arrivals = 1, .file = file};
      ++shard.used;
      return;
    }
    if (slot.key == key) {
      ++slot.arrivals;
      for (std::uint32_t repeated : {slot.file, file}) {
        if (std::find(shard.files_with_repeats.begin(), shard.files_with_repeats.end(), repeated) ==
            shard.files_with_repeats.end()) {
          shard.files_with_repeats.push_back(repeated);
        }
      }
      return;
    }
  }
}

void ArrivalIndex::Grow(Shard& shard) {
  if (shard.used > shard_records_max_) {
    throw core::Error(
        core::ErrorKind::kExhausted, "PL-0820", "The batch brings more resources than sources.batch_records_max allows",
        "Ingest fewer files at once, or raise sources.batch_records_max (48 bytes of memory a resource).");
  }
  std::vector<Slot> old = std::move(shard.slots);
  shard.slots.assign(std::max(kSlotsAtFirst, old.size() * 2), Slot{});
  for (const Slot& slot : old) {
    if (slot.arrivals == 0) {
      continue;
    }
    std::size_t place = PlaceOf(slot.key, shard.slots.size());
    while (shard.slots[place].arrivals != 0) {
      place = (place + 1) & (shard.slots.size() - 1);
    }
    shard.slots[place] = slot;
  }
}

const ArrivalIndex::Slot* ArrivalIndex::Find(ResourceKey key) const {
  const Shard& shard = shards_[key.high % kShardCount];
  if (shard.slots.empty()) {
    return nullptr;
  }
  for (std::size_t place = PlaceOf(key, shard.slots.size());; place = (place + 1) & (shard.slots.size() - 1)) {
    const Slot& slot = shard.slots[place];
    if (slot.arrivals == 0) {
      return nullptr;
    }
    if (slot.key == key) {
      return &slot;
    }
  }
}

bool ArrivalIndex::IsRepeated(ResourceKey key) const {
  const Slot* slot = Find(key);
  return slot != nullptr && slot->arrivals > 1;
}

bool ArrivalIndex::Contains(ResourceKey key) const { return Find(key) != nullptr; }

std::uint64_t ArrivalIndex::size() const {
  std::uint64_t total = 0;
  for (const Shard& shard : shards_) {
    total += shard.used;
  }
  return total;
}

std::vector<bool> ArrivalIndex::FilesWithRepeats(std::size_t file_count) const {
  std::vector<bool> repeated(file_count, false);
  for (const Shard& shard : shards_) {
    for (std::uint32_t file : shard.files_with_repeats) {
      repeated[file] = true;
    }
  }
  return repeated;
}

}  // namespace pluginlake::sources
