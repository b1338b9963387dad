// Owns one POSIX file descriptor.
#pragma once

namespace pluginlake::net {

// Closes its descriptor when it goes; movable, not copyable. -1 = none.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int raw) : raw_(raw) {}
  FileDescriptor(FileDescriptor&& other) noexcept : raw_(other.Release()) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept;
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  ~FileDescriptor() { Close(); }

  int get() const { return raw_; }
  bool is_open() const { return raw_ >= 0; }
  // Gives the descriptor away; the caller closes it.
  int Release() noexcept;
  void Close() noexcept;

 private:
  int raw_ = -1;
};

}  // namespace pluginlake::net
