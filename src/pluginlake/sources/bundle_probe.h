// Finds out whether a document is a Bundle: looks for its own resourceType, wherever among its members that stands.
#pragma once

#include <optional>
#include <string_view>

#include "pluginlake/sources/json_scan.h"

namespace pluginlake::sources {

// Fed window by window; memory does not grow with the document. The first resourceType counts.
class BundleProbe {
 public:
  // Looks on at `p` (at first: the document's first byte that is not blank), moving it behind what need not come again.
  // nullopt: [p, end) was not enough.
  std::optional<bool> Look(const char*& p, const char* end);

 private:
  enum class Place { kStart, kFirstKey, kKey, kInValue, kAfterMember };

  std::optional<bool> Step(const char*& p, const char* end);
  std::optional<bool> ReadKey(const char*& p, const char* end);

  Place place_ = Place::kStart;
  ValueSkipper skipper_;
  bool needs_more_ = false;
};

// Returns whether the document at the front of padded `json` is a Bundle; nullopt when the text ends before one can
// say.
std::optional<bool> IsBundle(std::string_view json);

}  // namespace pluginlake::sources
