// Skips an object or array 64 bytes at a time: quotes decide what is a string, the rest is counting brackets.
#pragma once

#include <cstdint>

namespace pluginlake::sources {

// May be fed window by window; memory does not grow with the container.
class ContainerSkipper {
 public:
  // Continues at `p` (at first: the opening bracket). Returns the byte behind the closing bracket, or nullptr when
  // [p, end) was not enough. Reads up to 63 bytes behind `end`.
  const char* Skip(const char* p, const char* end);

 private:
  std::uint64_t depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
};

}  // namespace pluginlake::sources
