// Unix domain sockets by path, also by a path longer than sockaddr_un holds.
#include "pluginlake/net/local_socket.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "pluginlake/net/system_error.h"

namespace pluginlake::net {
namespace {

constexpr int kBacklog = 64;
constexpr std::string_view kFailed = "The station's socket cannot be used";

// A path above 107 bytes is reached through the open folder: /proc/self/fd/N/name.
class SocketAddress {
 public:
  explicit SocketAddress(const std::string& path) {
    raw_.sun_family = AF_UNIX;
    std::string name = path;
    const bool is_long = path.size() >= sizeof(raw_.sun_path);
    if (is_long) {
      const auto slash = path.rfind('/');
      folder_ = FileDescriptor(::open(path.substr(0, slash).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
      name = fmt::format("/proc/self/fd/{}{}", folder_.get(), path.substr(slash));
    }
    usable_ = name.size() < sizeof(raw_.sun_path) && (!is_long || folder_.is_open());
    std::memcpy(raw_.sun_path, name.data(), usable_ ? name.size() : 0);
  }

  bool is_usable() const { return usable_; }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&raw_); }
  socklen_t size() const { return sizeof(raw_); }

 private:
  sockaddr_un raw_{};
  FileDescriptor folder_;
  bool usable_ = false;
};

}  // namespace

void PrepareRunFolder(const std::string& folder) {
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    ThrowSystemError(errno, "PL-0606", "The station's run folder cannot be made", folder);
  }
  struct stat status{};
  if (::stat(folder.c_str(), &status) != 0 || ((status.st_mode & 077) != 0 && ::chmod(folder.c_str(), 0700) != 0)) {
    ThrowSystemError(errno, "PL-0606", "The station's run folder cannot be closed to others", folder);
  }
}

FileDescriptor ListenAt(const std::string& path) {
  const SocketAddress address(path);
  if (!address.is_usable()) {
    ThrowSystemError(ENAMETOOLONG, "PL-0606", kFailed, path);
  }
  ::unlink(path.c_str());
  FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  // The mode set before bind() is the mode the file is made with: nobody else can connect at any moment.
  if (!socket.is_open() || ::fchmod(socket.get(), 0600) != 0 ||
      ::bind(socket.get(), address.get(), address.size()) != 0 || ::chmod(path.c_str(), 0600) != 0 ||
      ::listen(socket.get(), kBacklog) != 0) {
    ThrowSystemError(errno, "PL-0606", kFailed, path);
  }
  return socket;
}

FileDescriptor TryConnect(const std::string& path) {
  const SocketAddress address(path);
  FileDescriptor socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!socket.is_open()) {
    ThrowSystemError(errno, "PL-0606", kFailed, path);
  }
  if (!address.is_usable()) {
    return FileDescriptor();
  }
  if (::connect(socket.get(), address.get(), address.size()) != 0) {
    if (errno == EACCES || errno == EPERM) {
      ThrowSystemError(errno, "PL-0606", kFailed, path);
    }
    return FileDescriptor();
  }
  ::fcntl(socket.get(), F_SETFL, 0);
  return socket;
}

Peer PeerOf(const FileDescriptor& socket) {
  ucred credentials{};
  socklen_t size = sizeof(credentials);
  if (::getsockopt(socket.get(), SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
    ThrowSystemError(errno, "PL-0606", "The process at the other end of the station's socket is unknown", "");
  }
  return Peer{credentials.pid, credentials.uid};
}

}  // namespace pluginlake::net
