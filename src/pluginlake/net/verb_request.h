// A verb on its way to the owner: what was typed, where, and the opened PATHs.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "pluginlake/net/file_descriptor.h"

namespace pluginlake::net {

class FrameChannel;

inline constexpr std::uint64_t kProtocolVersion = 1;

// A PATH as typed. The descriptor is closed if the client did not open it (not there, not a file or folder, no right):
// the verb then meets the same obstacle by name.
struct ForwardedPath {
  std::string shown;
  FileDescriptor descriptor;
};

// What the client's stdout and stderr are.
struct TerminalFacts {
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

struct VerbRequest {
  std::vector<std::string> args;
  std::string directory;
  std::map<std::string, std::string> environment;
  TerminalFacts terminal;
  std::vector<ForwardedPath> paths;
};

// Bounds of a request; what is beyond is refused by the owner (exhausted).
struct RequestLimits {
  std::uint64_t bytes_max = 64U << 20;
  std::size_t paths_max = 16'384;
};

// Opens `path` for reading if it is a file or a folder; a FIFO, a socket or a device is never opened, so that nothing
// blocks. A closed FileDescriptor otherwise.
FileDescriptor OpenInput(const std::string& path);

// Sends all of `request` but its descriptors: each path of `request.paths` is opened (OpenInput, relative to
// request.directory) just before it is sent. Returns false if the owner is gone.
bool SendRequest(FrameChannel& channel, const VerbRequest& request);

// Why a request could not be received.
enum class RequestFault { kNone, kGone, kMalformed, kTooLarge };

// Receives what SendRequest sends.
RequestFault ReceiveRequest(FrameChannel& channel, const RequestLimits& limits, VerbRequest& request);

}  // namespace pluginlake::net
