// The bytes of a file, unpacked, from front to back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pluginlake/sources/input_path.h"
#include "pluginlake/sources/record_limits.h"

namespace pluginlake::sources {

// Why the bytes ended before the file's end.
struct StreamFault {
  std::string_view reason_code;  // cut_gzip, corrupt_archive, expansion_limit
  std::string message;
};

// Not thread-safe. What came out before a fault stays good.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Writes up to `bytes_max` bytes and returns how many; 0 = the end. Throws unavailable (PL-0805) when the disk fails.
  virtual std::size_t Read(char* target, std::size_t bytes_max) = 0;
  // Starts again at the first byte.
  virtual void Rewind() = 0;
  // After the end: set if it is not a good end.
  virtual const std::optional<StreamFault>& fault() const = 0;
  // Bytes taken from the file so far, packed.
  virtual std::uint64_t bytes_read() const = 0;
};

// Where a stream's bytes come from: an open file, which must outlive the stream.
struct StreamInput {
  int descriptor = -1;
  std::string shown;  // for messages
};

std::unique_ptr<ByteStream> OpenPlainStream(const StreamInput& input);
std::unique_ptr<ByteStream> OpenGzipStream(const StreamInput& input, const RecordLimits& limits);
std::unique_ptr<ByteStream> OpenZstdStream(const StreamInput& input, const RecordLimits& limits);
// Chooses one of the three.
std::unique_ptr<ByteStream> OpenStream(const StreamInput& input, Compression compression, const RecordLimits& limits);

}  // namespace pluginlake::sources
