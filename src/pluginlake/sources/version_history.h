// Decides what an arriving resource is to the versions that stand: stored, unchanged, superseded, deleted.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pluginlake/duck/value.h"
#include "pluginlake/sources/resource_key.h"

namespace pluginlake::sources {

enum class Outcome { kStored, kUnchanged, kSuperseded, kDeleted };

// What of a version decides about the next one.
struct VersionFacts {
  std::string content_hash;  // empty for a deletion
  std::string version_id;    // meta.versionId; empty = none
  std::optional<duck::TimestampUtc> last_updated;
  bool deleted = false;
};

// A version in the lake, or one decided earlier in the same batch.
struct StoredVersion {
  ResourceKey key;
  std::int64_t version = 0;
  VersionFacts facts;
  bool superseded = false;  // arrived older than the newest
};

struct Decision {
  Outcome outcome = Outcome::kStored;
  std::int64_t version = 1;  // the version it gets; meaningless when unchanged
};

// Returns what `arriving` becomes. `stored` = all versions of that resource, ordered by version. The rules:
// - equal to the newest, or to any stored version that carries a versionId or lastUpdated: unchanged;
// - older than the newest by lastUpdated, then by versionId (compared as numbers): stored, but superseded;
// - else it is the newest by arrival. A deletion of what is deleted is unchanged.
// Newest = the highest version that is not superseded. (FHIR R4 3.1.0.1.2: versionId and lastUpdated change together.)
Decision Decide(std::span<const StoredVersion> stored, const VersionFacts& arriving);

// Says whether `a` is older than `b` by lastUpdated, then versionId; false when neither decides.
bool IsOlder(const VersionFacts& a, const VersionFacts& b);

// The versions that stand for the resources of a batch. Built once, then read by many threads.
class VersionHistories {
 public:
  void Add(StoredVersion version) { versions_.push_back(std::move(version)); }
  // Call once, after the last Add().
  void Sort();
  // Returns the versions of `key`, ordered by version.
  std::span<const StoredVersion> Of(ResourceKey key) const;
  bool empty() const { return versions_.empty(); }

 private:
  std::vector<StoredVersion> versions_;
};

}  // namespace pluginlake::sources
