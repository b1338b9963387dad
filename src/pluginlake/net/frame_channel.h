// Frames over a connected local socket: a length, a type, a payload, and descriptors beside it.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/net/file_descriptor.h"

namespace pluginlake::net {

// What a frame says. The numbers are the protocol: kHello and kRefused never change, so that any two versions of the
// program can tell each other that they do not match.
enum class FrameType : std::uint8_t {
  kHello = 1,        // client: protocol, program version
  kRefused = 2,      // owner: an Error; the last frame
  kArguments = 3,    // client: some of the arguments of the verb
  kEnvironment = 4,  // client: some of the settings in its environment, name and value in turn
  kPaths = 5,        // client: some PATHs; as many descriptors as the payload says
  kRun = 6,          // client: working directory, terminal; nothing but kInterrupt follows
  kAccepted = 7,     // owner: the verb starts; a frame lost after this one means that the owner died
  kOut = 8,          // owner: bytes for stdout
  kErr = 9,          // owner: bytes for stderr
  kProgress = 10,    // owner: phase, done, total, unit
  kCommitted = 11,   // owner: snapshot id, what
  kExit = 12,        // owner: exit code; the last frame
  kInterrupt = 13,   // client: SIGINT
};

inline constexpr std::uint32_t kFrameBytesMax = 1U << 20;
inline constexpr std::size_t kFrameDescriptorsMax = 253;  // the kernel's SCM_MAX_FD

struct Frame {
  FrameType type = FrameType::kHello;
  std::string payload;
  std::vector<FileDescriptor> descriptors;
};

// One end of a connection. Send* may be called from any thread, Receive from one thread at a time. A peer that is gone
// (or breaks the protocol) is an ordinary outcome, not an error: false, or nullopt.
class FrameChannel {
 public:
  explicit FrameChannel(FileDescriptor socket) : socket_(std::move(socket)) {}

  // Waits while the peer is slow. The payload may be at most kFrameBytesMax long, the descriptors kFrameDescriptorsMax.
  bool Send(FrameType type, std::string_view payload);
  bool SendWithDescriptors(FrameType type, std::string_view payload, std::span<const FileDescriptor> descriptors);
  // Sends bytes of any length as frames of `type`.
  bool SendBytes(FrameType type, std::string_view bytes);
  // Sends only if the peer keeps up, so that it never waits; false = not sent.
  bool TrySend(FrameType type, std::string_view payload);

  std::optional<Frame> Receive();
  // From now on Receive gives up on a peer that is silent for so long, and Send on one that takes nothing; 0 = never.
  void SetTimeout(std::uint32_t timeout_ms);
  // Ends both directions and wakes whoever waits in Send or Receive; what was sent can still be read by the peer.
  void Shutdown();
  const FileDescriptor& socket() const { return socket_; }

 private:
  bool SendLocked(FrameType type, std::string_view payload, std::span<const FileDescriptor> descriptors);
  bool ReadExactly(char* target, std::size_t size, std::vector<FileDescriptor>& descriptors);

  FileDescriptor socket_;
  std::mutex send_mutex_;
};

}  // namespace pluginlake::net
