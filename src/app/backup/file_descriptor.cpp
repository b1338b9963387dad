// Reads and writes whole pieces through a file descriptor.
#include "app/backup/file_descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "app/backup/archive_errors.h"

namespace pluginlake::app {

FileDescriptor::~FileDescriptor() {
  if (raw_ >= 0) {
    ::close(raw_);
  }
}

FileDescriptor OpenForReading(const std::string& path) {
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) {
    ThrowFileError(path, "Opening a file", errno);
  }
  return file;
}

std::uint64_t SizeOf(int descriptor, const std::string& path) {
  struct stat facts{};
  if (::fstat(descriptor, &facts) != 0) {
    ThrowFileError(path, "Reading a file's size", errno);
  }
  return static_cast<std::uint64_t>(facts.st_size);
}

void WriteAll(int descriptor, std::string_view bytes, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) {
      ThrowFileError(path, "Writing a file", errno);
    }
    bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
}

std::size_t ReadSome(int descriptor, std::string& buffer, const std::string& path) {
  ssize_t got = -1;
  do {
    got = ::read(descriptor, buffer.data(), buffer.size());
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    ThrowFileError(path, "Reading a file", errno);
  }
  return static_cast<std::size_t>(got);
}

void SyncFolderOf(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  const FileDescriptor descriptor(::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.get() < 0 || ::fsync(descriptor.get()) != 0) {
    ThrowFileError(folder, "Writing a folder to disk", errno);
  }
}

}  // namespace pluginlake::app
