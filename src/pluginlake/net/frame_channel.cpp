// Sends and receives frames with sendmsg and recvmsg.
#include "pluginlake/net/frame_channel.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "pluginlake/core/error.h"

namespace pluginlake::net {
namespace {

constexpr std::size_t kHeaderBytes = 5;
constexpr std::size_t kChunkBytes = 128U << 10;
constexpr std::size_t kControlBytes = CMSG_SPACE(kFrameDescriptorsMax * sizeof(int));
constexpr auto kInFlightPause = std::chrono::milliseconds(2);

struct ControlBuffer {
  alignas(cmsghdr) std::array<char, kControlBytes> bytes{};
};

void Attach(msghdr& message, ControlBuffer& control, std::span<const FileDescriptor> descriptors) {
  if (descriptors.empty()) {
    return;
  }
  message.msg_control = control.bytes.data();
  message.msg_controllen = CMSG_SPACE(descriptors.size() * sizeof(int));
  cmsghdr* header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(descriptors.size() * sizeof(int));
  for (std::size_t i = 0; i < descriptors.size(); ++i) {
    const int raw = descriptors[i].get();
    std::memcpy(CMSG_DATA(header) + i * sizeof(int), &raw, sizeof(int));
  }
}

void Detach(msghdr& message, std::vector<FileDescriptor>& descriptors) {
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) {
      continue;
    }
    const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int raw = -1;
      std::memcpy(&raw, CMSG_DATA(header) + i * sizeof(int), sizeof(int));
      descriptors.emplace_back(raw);
    }
  }
}

// Takes `size` sent bytes off the front of the pieces still to be sent.
void Advance(msghdr& message, std::size_t size) {
  while (size > 0) {
    iovec& first = message.msg_iov[0];
    const std::size_t taken = std::min(size, first.iov_len);
    first.iov_base = static_cast<char*>(first.iov_base) + taken;
    first.iov_len -= taken;
    size -= taken;
    if (first.iov_len == 0) {
      ++message.msg_iov;
      --message.msg_iovlen;
    }
  }
}

bool SendWhole(int socket, msghdr& message, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::sendmsg(socket, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) {
      continue;
    }
    if (sent < 0 && errno == ETOOMANYREFS) {  // the peer has not taken the earlier descriptors yet
      std::this_thread::sleep_for(kInFlightPause);
      continue;
    }
    if (sent <= 0) {
      return false;
    }
    size -= static_cast<std::size_t>(sent);
    Advance(message, static_cast<std::size_t>(sent));
    message.msg_control = nullptr;
    message.msg_controllen = 0;
  }
  return true;
}

}  // namespace

bool FrameChannel::SendLocked(FrameType type, std::string_view payload, std::span<const FileDescriptor> descriptors) {
  PL_CHECK(payload.size() <= kFrameBytesMax, "a frame is too long");
  PL_CHECK(descriptors.size() <= kFrameDescriptorsMax, "a frame holds too many descriptors");
  const auto length = static_cast<std::uint32_t>(payload.size());
  std::array<char, kHeaderBytes> header{};
  std::memcpy(header.data(), &length, sizeof(length));
  header[4] = static_cast<char>(type);
  std::array<iovec, 2> pieces{iovec{header.data(), header.size()},
                              iovec{const_cast<char*>(payload.data()), payload.size()}};
  ControlBuffer control;
  msghdr message{};
  message.msg_iov = pieces.data();
  message.msg_iovlen = pieces.size();
  Attach(message, control, descriptors);
  return SendWhole(socket_.get(), message, header.size() + payload.size());
}

bool FrameChannel::Send(FrameType type, std::string_view payload) {
  const std::lock_guard lock(send_mutex_);
  return SendLocked(type, payload, {});
}

bool FrameChannel::SendWithDescriptors(FrameType type, std::string_view payload,
                                       std::span<const FileDescriptor> descriptors) {
  const std::lock_guard lock(send_mutex_);
  return SendLocked(type, payload, descriptors);
}

bool FrameChannel::SendBytes(FrameType type, std::string_view bytes) {
  while (bytes.size() > kChunkBytes) {
    if (!Send(type, bytes.substr(0, kChunkBytes))) {
      return false;
    }
    bytes.remove_prefix(kChunkBytes);
  }
  return Send(type, bytes);
}

bool FrameChannel::TrySend(FrameType type, std::string_view payload) {
  const std::unique_lock lock(send_mutex_, std::try_to_lock);
  pollfd state{socket_.get(), POLLOUT, 0};
  if (!lock.owns_lock() || ::poll(&state, 1, 0) != 1 || (state.revents & POLLOUT) == 0) {
    return false;
  }
  return SendLocked(type, payload, {});
}

bool FrameChannel::ReadExactly(char* target, std::size_t size, std::vector<FileDescriptor>& descriptors) {
  while (size > 0) {
    ControlBuffer control;
    iovec piece{target, size};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = control.bytes.data();
    message.msg_controllen = control.bytes.size();
    const ssize_t count = ::recvmsg(socket_.get(), &message, MSG_CMSG_CLOEXEC);
    if (count < 0 && errno == EINTR) {
      continue;
    }
    if (count <= 0) {
      return false;
    }
    Detach(message, descriptors);
    target += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

std::optional<Frame> FrameChannel::Receive() {
  Frame frame;
  std::array<char, kHeaderBytes> header{};
  if (!ReadExactly(header.data(), header.size(), frame.descriptors)) {
    return std::nullopt;
  }
  std::uint32_t length = 0;
  std::memcpy(&length, header.data(), sizeof(length));
  if (length > kFrameBytesMax) {
    Shutdown();
    return std::nullopt;
  }
  frame.type = static_cast<FrameType>(header[4]);
  frame.payload.resize(length);
  if (!ReadExactly(frame.payload.data(), length, frame.descriptors)) {
    return std::nullopt;
  }
  return frame;
}

void FrameChannel::SetTimeout(std::uint32_t timeout_ms) {
  timeval timeout{};
  timeout.tv_sec = timeout_ms / 1000;
  timeout.tv_usec = static_cast<suseconds_t>(timeout_ms % 1000) * 1000;
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof(timeout));
  ::setsockopt(socket_.get(), SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof(timeout));
}

void FrameChannel::Shutdown() { ::shutdown(socket_.get(), SHUT_RDWR); }

}  // namespace pluginlake::net
