// Walks over tokens outside of containers, which ContainerSkipper skips.
#include "pluginlake/sources/json_scan.h"

namespace pluginlake::sources {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

bool EndsScalar(char c) { return c == ',' || c == '}' || c == ']' || c == ':' || IsBlank(c); }

}  // namespace

const char* SkipBlank(const char* p, const char* end) {
  while (p != end && IsBlank(*p)) {
    ++p;
  }
  return p;
}

const char* ValueSkipper::Skip(const char* p, const char* end) {
  if (kind_ == Kind::kNotBegun) {
    if (p == end) {
      return nullptr;
    }
    if (*p == '"') {
      kind_ = Kind::kString;
      ++p;
    } else {
      kind_ = *p == '{' || *p == '[' ? Kind::kContainer : Kind::kScalar;
    }
  }
  if (kind_ == Kind::kContainer) {
    return container_.Skip(p, end);
  }
  if (kind_ == Kind::kString) {
    return SkipString(p, end);
  }
  while (p != end && !EndsScalar(*p)) {
    ++p;
  }
  return p == end ? nullptr : p;
}

const char* ValueSkipper::SkipString(const char* p, const char* end) {
  for (; p != end; ++p) {
    if (escaped_) {
      escaped_ = false;
    } else if (*p == '\\') {
      escaped_ = true;
    } else if (*p == '"') {
      return p + 1;
    }
  }
  return nullptr;
}

const char* ScanKey(const char* p, const char* end, std::string_view& key, bool& malformed) {
  const char* after = ValueSkipper().Skip(p, end);
  if (after == nullptr) {
    return nullptr;
  }
  key = std::string_view(p + 1, static_cast<std::size_t>(after - p - 2));
  after = SkipBlank(after, end);
  if (after == end) {
    return nullptr;
  }
  malformed = *after != ':';
  if (malformed) {
    return nullptr;
  }
  after = SkipBlank(after + 1, end);
  return after == end ? nullptr : after;
}

ScanStatus ObjectScanner::BeforeKey() {
  position_ = SkipBlank(position_, end_);
  if (position_ == end_) {
    return ScanStatus::kNeedMore;
  }
  if (*position_ == '}') {
    ++position_;
    return ScanStatus::kEnd;
  }
  if (!first_) {
    if (*position_ != ',') {
      return ScanStatus::kMalformed;
    }
    position_ = SkipBlank(position_ + 1, end_);
    if (position_ == end_) {
      return ScanStatus::kNeedMore;
    }
  }
  first_ = false;
  return *position_ == '"' ? ScanStatus::kMember : ScanStatus::kMalformed;
}

ScanStatus ObjectScanner::Next(Member& member) {
  if (ScanStatus status = BeforeKey(); status != ScanStatus::kMember) {
    return status;
  }
  bool malformed = false;
  const char* value = ScanKey(position_, end_, member.key, malformed);
  if (value == nullptr) {
    return malformed ? ScanStatus::kMalformed : ScanStatus::kNeedMore;
  }
  position_ = ValueSkipper().Skip(value, end_);
  if (position_ == nullptr) {
    return ScanStatus::kNeedMore;
  }
  member.value = std::string_view(value, static_cast<std::size_t>(position_ - value));
  return member.value.empty() ? ScanStatus::kMalformed : ScanStatus::kMember;
}

bool IsString(std::string_view value) { return value.size() >= 2 && value.front() == '"'; }

}  // namespace pluginlake::sources
