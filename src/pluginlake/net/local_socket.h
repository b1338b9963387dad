// The station's socket file: listening, connecting, and whose process is at the other end.
#pragma once

#include <sys/types.h>

#include <string>

#include "pluginlake/net/file_descriptor.h"

namespace pluginlake::net {

// The process at the other end of a local socket, as the kernel tells.
struct Peer {
  pid_t pid = 0;
  uid_t uid = 0;
};

// Makes the folder of lock and socket if it is not there, and closes it to everybody else (0700). Throws as below.
void PrepareRunFolder(const std::string& folder);
// Listens on `path` (0600), replacing the socket file of a dead owner: only the holder of the lock may call it. A path
// of any length works. Throws denied, exhausted, unavailable.
FileDescriptor ListenAt(const std::string& path);
// Connects without waiting; a closed FileDescriptor if nobody listens there (yet, or any more).
FileDescriptor TryConnect(const std::string& path);
// Returns who is at the other end of a connected socket.
Peer PeerOf(const FileDescriptor& socket);

}  // namespace pluginlake::net
