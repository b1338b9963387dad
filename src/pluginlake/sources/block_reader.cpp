// Fills buffers from a stream.
#include "pluginlake/sources/block_reader.h"

#include <algorithm>
#include <utility>

namespace pluginlake::sources {
namespace {

constexpr std::size_t kRestBytesKept = 4 << 20;  // a larger rest gives its memory back

}  // namespace

void BlockReader::Begin(PaddedBuffer& buffer) {
  buffer.Append(rest_);
  if (rest_.capacity() > kRestBytesKept) {
    rest_ = std::string();
  }
  rest_.clear();
}

void BlockReader::FillTo(PaddedBuffer& buffer, std::size_t bytes_in_all) {
  buffer.Reserve(std::max(bytes_in_all, buffer.size()));
  while (!at_end_ && buffer.size() < bytes_in_all) {
    const std::size_t count = stream_.Read(buffer.data() + buffer.size(), bytes_in_all - buffer.size());
    at_end_ = count == 0;
    buffer.Grow(count);
  }
}

void BlockReader::Rewind() {
  stream_.Rewind();
  rest_.clear();
  at_end_ = false;
}

}  // namespace pluginlake::sources
