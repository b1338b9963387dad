// The identity of a resource (Type/id) as 128 bits, and an index over the identities that a batch brings.
#pragma once

#include <array>
#include <cstdint>
#include <mutex>
#include <string_view>
#include <vector>

namespace pluginlake::sources {

// XXH3-128 of "Type/id": two resources of one lake never share it by accident (10^9 resources: odds below 10^-20).
struct ResourceKey {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  auto operator<=>(const ResourceKey&) const = default;
};

ResourceKey KeyOf(std::string_view resource_type, std::string_view resource_id);
// Returns the key of a text that is no Type/id, such as a Bundle's fullUrl within its container.
ResourceKey KeyOfText(std::uint64_t scope, std::string_view text);

// Counts how often each identity arrives in a batch. Thread-safe. Memory: 32 bytes an identity, and half as much spare.
class ArrivalIndex {
 public:
  // `records_max` bounds the index; Add throws exhausted (PL-0820) beyond it, naming sources.batch_records_max.
  explicit ArrivalIndex(std::uint64_t records_max);

  // Notes an arrival of `key` in the file numbered `file`.
  void Add(ResourceKey key, std::uint32_t file);
  // Says whether `key` arrived more than once. Call after all Add() are done.
  bool IsRepeated(ResourceKey key) const;
  // Says whether `key` arrived at all.
  bool Contains(ResourceKey key) const;
  std::uint64_t size() const;
  // Returns the files that hold an arrival of a key that arrived more than once.
  std::vector<bool> FilesWithRepeats(std::size_t file_count) const;

 private:
  struct Slot {
    ResourceKey key;
    std::uint32_t arrivals = 0;  // 0 = empty
    std::uint32_t file = 0;      // of the first arrival
  };
  struct Shard {
    mutable std::mutex mutex;
    std::vector<Slot> slots;
    std::uint64_t used = 0;
    std::vector<std::uint32_t> files_with_repeats;
  };
  static constexpr std::size_t kShardCount = 64;

  const Slot* Find(ResourceKey key) const;
  void Grow(Shard& shard);

  std::array<Shard, kShardCount> shards_;
  std::uint64_t shard_records_max_;
};

}  // namespace pluginlake::sources
