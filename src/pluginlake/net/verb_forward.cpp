// Forwards one verb: greeting, request, then frames until the exit code.
#include "pluginlake/net/verb_forward.h"

#include <poll.h>
#include <unistd.h>

#include <optional>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/net/frame_channel.h"
#include "pluginlake/net/local_socket.h"
#include "pluginlake/net/payload.h"
#include "pluginlake/net/refusal.h"

namespace pluginlake::net {
namespace {

// One forwarded verb at the client.
class Forwarding {
 public:
  Forwarding(FileDescriptor socket, const ForwardSettings& settings, ForwardedOutput& output)
      : channel_(std::move(socket)), settings_(settings), output_(output) {}

  ForwardOutcome Run(const VerbRequest& request) {
    if (!Begin(request)) {
      return {was_interrupted_ ? ForwardEnd::kInterrupted : ForwardEnd::kNotAccepted};
    }
    channel_.SetTimeout(0);
    while (WaitForFrame(-1)) {
      const std::optional<Frame> frame = channel_.Receive();
      if (!frame) {
        break;
      }
      if (frame->type == FrameType::kExit) {
        PayloadReader reader(frame->payload);
        return {ForwardEnd::kExited, static_cast<int>(reader.Number())};
      }
      HandOn(*frame);
    }
    return {was_interrupted_ ? ForwardEnd::kInterrupted : ForwardEnd::kOwnerDied};
  }

 private:
  // An owner that refuses may have closed its end already: its refusal is read all the same.
  bool Begin(const VerbRequest& request) {
    channel_.SetTimeout(settings_.accept_ms_max);
    PayloadWriter hello;
    hello.Number(kProtocolVersion).Text(settings_.program_version);
    if (channel_.Send(FrameType::kHello, hello.Take())) {
      SendRequest(channel_, request);
    }
    if (!WaitForFrame(static_cast<int>(settings_.accept_ms_max)) || was_interrupted_) {
      return false;
    }
    const std::optional<Frame> answer = channel_.Receive();
    if (answer && answer->type == FrameType::kRefused) {
      throw DecodeRefusal(answer->payload);
    }
    return answer && answer->type == FrameType::kAccepted;
  }

  // False when the time is over, or a second interrupt came.
  bool WaitForFrame(int timeout_ms) {
    while (true) {
      pollfd waits[] = {{channel_.socket().get(), POLLIN, 0}, {settings_.interrupt_descriptor, POLLIN, 0}};
      const int ready = ::poll(waits, 2, timeout_ms);
      if (ready == 0) {
        return false;
      }
      if (ready > 0 && waits[1].revents != 0) {
        ClearInterrupt();
        if (std::exchange(was_interrupted_, true)) {
          return false;
        }
        channel_.Send(FrameType::kInterrupt, "");
      }
      if (ready > 0 && waits[0].revents != 0) {
        return true;
      }
    }
  }

  void ClearInterrupt() const {
    std::uint64_t count = 0;
    [[maybe_unused]] const auto got = ::read(settings_.interrupt_descriptor, &count, sizeof(count));
  }

  void HandOn(const Frame& frame) {
    PayloadReader reader(frame.payload);
    if (frame.type == FrameType::kOut) {
      output_.Out(frame.payload);
    } else if (frame.type == FrameType::kErr) {
      output_.Err(frame.payload);
    } else if (frame.type == FrameType::kProgress) {
      core::ProgressStep step;
      step.phase = reader.Text();
      step.done = reader.Number();
      step.total = reader.Number();
      step.unit = reader.Text();
      output_.Progress(step);
    } else if (frame.type == FrameType::kCommitted) {
      const auto snapshot_id = static_cast<std::int64_t>(reader.Number());
      output_.Committed(snapshot_id, std::string(reader.Text()));
    }
  }

  FrameChannel channel_;
  const ForwardSettings& settings_;
  ForwardedOutput& output_;
  bool was_interrupted_ = false;
};

}  // namespace

ForwardOutcome ForwardVerb(FileDescriptor socket, const ForwardSettings& settings, const VerbRequest& request,
                           ForwardedOutput& output) {
  if (PeerOf(socket).uid != ::geteuid()) {
    throw core::Error(core::ErrorKind::kDenied, "PL-0607", "The station is in use by another user of this machine",
                      "Run the verb as the user who owns the station.");
  }
  return Forwarding(std::move(socket), settings, output).Run(request);
}

}  // namespace pluginlake::net
