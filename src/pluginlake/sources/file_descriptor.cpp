// Opens and closes descriptors, and reads a file's identity.
#include "pluginlake/sources/file_descriptor.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "pluginlake/core/error.h"

namespace pluginlake::sources {

FileDescriptor::FileDescriptor(FileDescriptor&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileDescriptor::~FileDescriptor() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

FileDescriptor FileDescriptor::OpenForReading(const std::string& path) {
  return FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
}

FileIdentity IdentityOf(int descriptor, const std::string& shown) {
  struct stat status{};
  if (::fstat(descriptor, &status) != 0) {
    throw core::Error(core::ErrorKind::kUnavailable, "PL-0805",
                      fmt::format("A file cannot be asked for its size: {} ({})", shown, std::strerror(errno)),
                      "See whether the disk or network share it lies on is still there, then try again.");
  }
  return FileIdentity{.device = status.st_dev,
                      .inode = status.st_ino,
                      .bytes = static_cast<std::uint64_t>(status.st_size),
                      .modified_ns = std::int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec};
}

}  // namespace pluginlake::sources
