// Reads at its own offset (pread), so that a descriptor may be shared.
#include "pluginlake/sources/plain_stream.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "pluginlake/core/error.h"

namespace pluginlake::sources {

std::size_t PlainStream::Read(char* target, std::size_t bytes_max) {
  while (true) {
    ssize_t count = ::pread(input_.descriptor, target, bytes_max, static_cast<off_t>(offset_));
    if (count >= 0) {
      offset_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
    if (errno != EINTR) {
      throw core::Error(core::ErrorKind::kUnavailable, "PL-0805",
                        fmt::format("A file cannot be read on: {} ({})", input_.shown, std::strerror(errno)),
                        "See whether the disk or network share it lies on is still there, then try again.");
    }
  }
}

std::unique_ptr<ByteStream> OpenPlainStream(const StreamInput& input) { return std::make_unique<PlainStream>(input); }

}  // namespace pluginlake::sources
