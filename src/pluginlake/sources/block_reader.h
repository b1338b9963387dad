// Reads a stream block by block, handing the unfinished end of one block to the front of the next.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "pluginlake/sources/byte_stream.h"
#include "pluginlake/sources/padded_buffer.h"

namespace pluginlake::sources {

class BlockReader {
 public:
  explicit BlockReader(ByteStream& stream) : stream_(stream) {}

  // Puts what the last block left over into the empty `buffer`.
  void Begin(PaddedBuffer& buffer);
  // Appends bytes until the buffer holds `bytes_in_all` or the stream ends.
  void FillTo(PaddedBuffer& buffer, std::size_t bytes_in_all);
  // Keeps `rest` for the next block.
  void Keep(std::string_view rest) { rest_.assign(rest); }
  // The stream has no more (what is in the buffer or kept may still be unread).
  bool at_end() const { return at_end_; }
  // Starts again at the stream's first byte.
  void Rewind();
  const std::optional<StreamFault>& fault() const { return stream_.fault(); }

 private:
  ByteStream& stream_;
  std::string rest_;
  bool at_end_ = false;
};

}  // namespace pluginlake::sources
