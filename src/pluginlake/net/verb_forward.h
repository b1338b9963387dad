// The client's end of the socket: sends a verb to the owner and hands on what comes back.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pluginlake/net/file_descriptor.h"
#include "pluginlake/net/verb_request.h"

namespace pluginlake::core {
struct ProgressStep;
}

namespace pluginlake::net {

// Receives what a forwarded verb writes, on the thread that called ForwardVerb. May throw: the verb is then cancelled.
class ForwardedOutput {
 public:
  virtual ~ForwardedOutput() = default;
  virtual void Out(std::string_view bytes) = 0;
  virtual void Err(std::string_view bytes) = 0;
  virtual void Progress(const core::ProgressStep& step) = 0;
  virtual void Committed(std::int64_t snapshot_id, const std::string& what) = 0;
};

// How a forwarded verb ended, as the client sees it.
enum class ForwardEnd {
  kExited,       // exit_code is the verb's
  kNotAccepted,  // the owner was ending, or did not answer: nothing was run, try again
  kOwnerDied,    // the owner ended under the verb
  kInterrupted,  // by the person who typed it
};

struct ForwardOutcome {
  ForwardEnd end = ForwardEnd::kNotAccepted;
  int exit_code = 0;
};

struct ForwardSettings {
  std::string program_version;
  std::uint32_t accept_ms_max = 5'000;  // the owner must take the verb within this time
  int interrupt_descriptor = -1;        // readable after SIGINT
};

// Runs `request` in the owner at the other end of `socket`. The first interrupt asks the verb to end, the second leaves
// at once. Throws the Error with which the owner refuses; denied if the owner is another user.
ForwardOutcome ForwardVerb(FileDescriptor socket, const ForwardSettings& settings, const VerbRequest& request,
                           ForwardedOutput& output);

}  // namespace pluginlake::net
