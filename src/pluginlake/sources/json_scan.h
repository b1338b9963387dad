// Finds where JSON values end, at the speed of memory and without reading them: the ground of the Bundle splitter.
#pragma once

#include <cstdint>
#include <string_view>

#include "pluginlake/sources/container_skipper.h"

namespace pluginlake::sources {

// All scans may read up to 64 bytes behind `end`: the buffer must be padded.

// Returns the first byte that is not white space, or `end`.
const char* SkipBlank(const char* p, const char* end);

// Skips one value that may be spread over many windows; memory does not grow with the value.
class ValueSkipper {
 public:
  // Continues at `p` (at first: the value's first byte). Returns the byte behind the value, or nullptr when [p, end)
  // was not enough. A value that is none (a stray ',' or '}') comes back as its own first byte.
  const char* Skip(const char* p, const char* end);

 private:
  enum class Kind : std::uint8_t { kNotBegun, kContainer, kString, kScalar };

  const char* SkipString(const char* p, const char* end);

  Kind kind_ = Kind::kNotBegun;
  ContainerSkipper container_;
  bool escaped_ = false;
};

// A member of an object, both as they stand in the text; the key without its quotes.
struct Member {
  std::string_view key;
  std::string_view value;
};

enum class ScanStatus { kMember, kEnd, kNeedMore, kMalformed };

// Walks over the members of an object, values unread.
class ObjectScanner {
 public:
  // `begin` points at '{'.
  ObjectScanner(const char* begin, const char* end) : position_(begin + 1), end_(end) {}

  // kNeedMore: the window ends within a member (or before the object's end).
  ScanStatus Next(Member& member);
  // After kEnd: the byte behind '}'.
  const char* position() const { return position_; }

 private:
  ScanStatus BeforeKey();

  const char* position_;
  const char* end_;
  bool first_ = true;
};

// Reads `"key" :` at `p` (which points at '"'). Returns the value's first byte; nullptr when the window is too short.
// `malformed` is set when there is no colon.
const char* ScanKey(const char* p, const char* end, std::string_view& key, bool& malformed);

// Returns whether a value, as it stands in the text, is a string.
bool IsString(std::string_view value);

}  // namespace pluginlake::sources
