// Owns a file descriptor, and reads and writes whole pieces through it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace pluginlake::app {

// Closes the descriptor at the end. -1 = none.
class FileDescriptor {
 public:
  explicit FileDescriptor(int raw) : raw_(raw) {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : raw_(std::exchange(other.raw_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(raw_, other.raw_);
    return *this;
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return raw_; }

 private:
  int raw_ = -1;
};

// The following throw what errno says about `path` (archive_errors.h).
FileDescriptor OpenForReading(const std::string& path);
std::uint64_t SizeOf(int descriptor, const std::string& path);
void WriteAll(int descriptor, std::string_view bytes, const std::string& path);
// Reads into `buffer` from its start as far as one read gives; returns how many bytes, 0 at the end.
std::size_t ReadSome(int descriptor, std::string& buffer, const std::string& path);
// Brings the names in the folder of `path` to the disk.
void SyncFolderOf(const std::string& path);

}  // namespace pluginlake::app
