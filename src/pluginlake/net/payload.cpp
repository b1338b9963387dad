// Writes and reads the inside of frames; both ends are on one machine, so the machine's byte order serves.
#include "pluginlake/net/payload.h"

#include <cstring>
#include <utility>

namespace pluginlake::net {

PayloadWriter& PayloadWriter::Number(std::uint64_t value) {
  char bytes[sizeof(value)];
  std::memcpy(bytes, &value, sizeof(value));
  bytes_.append(bytes, sizeof(value));
  return *this;
}

PayloadWriter& PayloadWriter::Text(std::string_view value) {
  Number(value.size());
  bytes_.append(value);
  return *this;
}

std::string PayloadWriter::Take() { return std::exchange(bytes_, std::string()); }

std::uint64_t PayloadReader::Number() {
  std::uint64_t value = 0;
  if (rest_.size() < sizeof(value)) {
    ok_ = false;
    rest_ = {};
    return 0;
  }
  std::memcpy(&value, rest_.data(), sizeof(value));
  rest_.remove_prefix(sizeof(value));
  return value;
}

std::string_view PayloadReader::Text() {
  const std::uint64_t size = Number();
  if (size > rest_.size()) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  const std::string_view text = rest_.substr(0, size);
  rest_.remove_prefix(size);
  return text;
}

}  // namespace pluginlake::net
