// Opens the stream that fits a file's packing.
#include "pluginlake/sources/byte_stream.h"

namespace pluginlake::sources {

std::unique_ptr<ByteStream> OpenStream(const StreamInput& input, Compression compression, const RecordLimits& limits) {
  switch (compression) {
    case Compression::kGzip:
      return OpenGzipStream(input, limits);
    case Compression::kZstd:
      return OpenZstdStream(input, limits);
    case Compression::kNone:
      break;
  }
  return OpenPlainStream(input);
}

}  // namespace pluginlake::sources
