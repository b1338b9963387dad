// The version rules.
#include "pluginlake/sources/version_history.h"

#include <algorithm>
#include <tuple>

namespace pluginlake::sources {
namespace {

// Returns the newest version, and the newest one whose meta can still be compared when that is a deletion.
const StoredVersion* Newest(std::span<const StoredVersion> stored, bool with_content) {
  for (auto version = stored.rbegin(); version != stored.rend(); ++version) {
    if (!version->superseded && !(with_content && version->facts.deleted)) {
      return &*version;
    }
  }
  return nullptr;
}

bool IsEqual(const VersionFacts& a, const VersionFacts& b) {
  return a.deleted == b.deleted && a.content_hash == b.content_hash;
}

bool HasVersionMeta(const VersionFacts& facts) { return !facts.version_id.empty() || facts.last_updated.has_value(); }

bool IsNumber(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
}

// Compares decimal numbers of any length; false for anything else.
bool IsSmallerNumber(std::string a, std::string b) {
  if (!IsNumber(a) || !IsNumber(b)) {
    return false;
  }
  a.erase(0, std::min(a.find_first_not_of('0'), a.size()));
  b.erase(0, std::min(b.find_first_not_of('0'), b.size()));
  return std::tuple(a.size(), a) < std::tuple(b.size(), b);
}

}  // namespace

bool IsOlder(const VersionFacts& a, const VersionFacts& b) {
  if (a.last_updated && b.last_updated && *a.last_updated != *b.last_updated) {
    return *a.last_updated < *b.last_updated;
  }
  return IsSmallerNumber(a.version_id, b.version_id);
}

Decision Decide(std::span<const StoredVersion> stored, const VersionFacts& arriving) {
  if (stored.empty()) {
    return {arriving.deleted ? Outcome::kDeleted : Outcome::kStored, 1};
  }
  const std::int64_t next = stored.back().version + 1;
  const StoredVersion* newest = Newest(stored, false);
  if (newest != nullptr && IsEqual(newest->facts, arriving)) {
    return {Outcome::kUnchanged, newest->version};
  }
  if (arriving.deleted) {
    return {Outcome::kDeleted, next};
  }
  if (HasVersionMeta(arriving)) {
    for (const StoredVersion& version : stored) {
      if (IsEqual(version.facts, arriving)) {
        return {Outcome::kUnchanged, version.version};
      }
    }
  }
  const StoredVersion* comparable = Newest(stored, true);
  const bool is_older = comparable != nullptr && IsOlder(arriving, comparable->facts);
  return {is_older ? Outcome::kSuperseded : Outcome::kStored, next};
}

void VersionHistories::Sort() {
  std::sort(versions_.begin(), versions_.end(), [](const StoredVersion& a, const StoredVersion& b) {
    return std::tie(a.key, a.version) < std::tie(b.key, b.version);
  });
}

std::span<const StoredVersion> VersionHistories::Of(ResourceKey key) const {
  auto [first, last] = std::equal_range(versions_.begin(), versions_.end(), StoredVersion{.key = key},
                                        [](const StoredVersion& a, const StoredVersion& b) { return a.key < b.key; });
  return {first, last};
}

}  // namespace pluginlake::sources
