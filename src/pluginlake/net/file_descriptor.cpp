// Closes and moves file descriptors.
#include "pluginlake/net/file_descriptor.h"

#include <unistd.h>

#include <utility>

namespace pluginlake::net {

FileDescriptor& FileDescriptor::operator=(FileDescriptor&& other) noexcept {
  if (this != &other) {
    Close();
    raw_ = other.Release();
  }
  return *this;
}

int FileDescriptor::Release() noexcept { return std::exchange(raw_, -1); }

void FileDescriptor::Close() noexcept {
  if (raw_ >= 0) {
    ::close(std::exchange(raw_, -1));
  }
}

}  // namespace pluginlake::net
