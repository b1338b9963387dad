// Walks over the top level of a document.
#include "pluginlake/sources/bundle_probe.h"

namespace pluginlake::sources {

std::optional<bool> BundleProbe::Look(const char*& p, const char* end) {
  needs_more_ = false;
  while (true) {
    if (auto answer = Step(p, end); answer || needs_more_) {
      return answer;
    }
  }
}

std::optional<bool> BundleProbe::Step(const char*& p, const char* end) {
  if (place_ == Place::kInValue) {
    const char* after = skipper_.Skip(p, end);
    needs_more_ = after == nullptr;
    place_ = needs_more_ ? Place::kInValue : Place::kAfterMember;
    p = needs_more_ ? end : after;
    return std::nullopt;
  }
  p = SkipBlank(p, end);
  needs_more_ = p == end;
  if (needs_more_) {
    return std::nullopt;
  }
  switch (place_) {
    case Place::kStart:
      if (*p != '{') {
        return false;
      }
      place_ = Place::kFirstKey;
      ++p;
      return std::nullopt;
    case Place::kAfterMember:
      if (*p != ',') {
        return false;
      }
      place_ = Place::kKey;
      ++p;
      return std::nullopt;
    default:
      return ReadKey(p, end);
  }
}

std::optional<bool> BundleProbe::ReadKey(const char*& p, const char* end) {
  std::string_view key;
  bool malformed = *p != '"';
  const char* value = malformed ? nullptr : ScanKey(p, end, key, malformed);
  if (malformed) {
    return false;
  }
  needs_more_ = value == nullptr;
  if (needs_more_) {
    return std::nullopt;
  }
  if (key == "resourceType") {
    const char* after = ValueSkipper().Skip(value, end);
    needs_more_ = after == nullptr;
    return needs_more_ ? std::nullopt : std::optional(std::string_view(value, after) == "\"Bundle\"");
  }
  if (std::string_view(",:}]").find(*value) != std::string_view::npos) {
    return false;
  }
  p = value;
  skipper_ = ValueSkipper();
  place_ = Place::kInValue;
  return std::nullopt;
}

std::optional<bool> IsBundle(std::string_view json) {
  const char* p = json.data();
  return BundleProbe().Look(p, json.data() + json.size());
}

}  // namespace pluginlake::sources
