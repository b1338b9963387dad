// Owns a POSIX descriptor, and asks the file behind it who it is.
#pragma once

#include <string>

#include "pluginlake/sources/input_path.h"

namespace pluginlake::sources {

class FileDescriptor {
 public:
  explicit FileDescriptor(int descriptor) : descriptor_(descriptor) {}
  FileDescriptor(FileDescriptor&& other) noexcept;
  FileDescriptor& operator=(FileDescriptor&&) = delete;
  ~FileDescriptor();

  int get() const { return descriptor_; }
  bool is_open() const { return descriptor_ >= 0; }

  // Opens for reading without ever blocking on a FIFO; not open when that fails (errno says why).
  static FileDescriptor OpenForReading(const std::string& path);

 private:
  int descriptor_;
};

// Returns device, inode, size and time of change. Throws unavailable (PL-0805) naming `shown`.
FileIdentity IdentityOf(int descriptor, const std::string& shown);

}  // namespace pluginlake::sources
