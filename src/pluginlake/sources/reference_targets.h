// Where the references of a batch lead: urn:uuid within their Bundle, conditional ones by identifier.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>

#include "pluginlake/fhir/reference.h"
#include "pluginlake/sources/record_block.h"
#include "pluginlake/sources/resource_key.h"

namespace pluginlake::sources {

// Which Bundle a record stands in: urn: references resolve within it only. 0 = in none.
std::uint64_t BundleScopeOf(const Record& record, std::uint32_t file, bool is_ndjson);

// Says at the cost of a glance whether `text` could be a conditional reference at all.
inline bool MayBeConditional(std::string_view text) { return text.find('?') != std::string_view::npos; }

// Returns the one form in which a conditional reference is looked up: Type?identifier=[system|]value, decoded.
std::string CanonicalCondition(const fhir::Reference& reference);

// Filled by the survey (thread-safe), then read by many threads.
class ReferenceTargets {
 public:
  // Notes that `full_url` stands for `type`/`id` in the Bundle `scope`.
  void AddFullUrl(std::uint64_t scope, std::string_view full_url, std::string_view type, std::string_view id);
  // Notes a conditional reference that the batch holds, in canonical form.
  void AddWanted(std::string_view reference);
  // Settles where a conditional reference leads.
  void Settle(std::string reference, std::string type_and_id);

  // Returns the `Type/id` that `text` stands for in the Bundle `scope`; nullopt = it stays as it is. The view lives as
  // long as this object, or as `text`.
  std::optional<std::string_view> Resolve(std::uint64_t scope, std::string_view text) const;

  const std::set<std::string, std::less<>>& wanted() const { return wanted_; }

 private:
  struct KeyHash {
    std::size_t operator()(ResourceKey key) const { return key.low; }
  };
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  std::mutex mutex_;
  std::unordered_map<ResourceKey, std::string, KeyHash> by_full_url_;
  std::unordered_map<std::string, std::string, TextHash, std::equal_to<>> by_condition_;
  std::set<std::string, std::less<>> wanted_;
};

}  // namespace pluginlake::sources
