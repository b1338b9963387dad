// Forwards a verb and shows what comes back as if it ran here.
#include "app/owner_client.h"

#include <string>
#include <utility>

#include "app/console.h"
#include "app/verb.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/core/version.h"

namespace pluginlake::app {
namespace {

// What is held back at most: beyond it a repeatable verb is written as it comes, and no longer repeated.
constexpr std::size_t kHeldBytesMax = 64U << 20;

class ClientOutput final : public net::ForwardedOutput {
 public:
  ClientOutput(Console& console, bool holds_back) : console_(console), holds_back_(holds_back) {}

  void Out(std::string_view bytes) override {
    if (!holds_back_) {
      console_.Out(bytes);
      return;
    }
    held_ += bytes;
    if (held_.size() > kHeldBytesMax) {
      LetGo();
    }
  }
  void Err(std::string_view bytes) override { console_.Err(bytes); }
  void Progress(const core::ProgressStep& step) override { console_.progress().Report(step); }
  void Committed(std::int64_t snapshot_id, const std::string& what) override {
    console_.progress().Committed(snapshot_id, what);
  }

  void LetGo() {
    holds_back_ = false;
    console_.Out(std::exchange(held_, std::string()));
  }
  bool can_repeat() const { return holds_back_; }

 private:
  Console& console_;
  bool holds_back_;
  std::string held_;
};

net::VerbRequest RequestOf(const OwnedCommand& command, const Console& console) {
  net::VerbRequest request;
  request.args = command.invocation.args;
  request.directory = command.invocation.directory;
  request.environment = command.invocation.environment;
  request.terminal = {.out_is_terminal = console.out_is_terminal(), .err_is_terminal = console.err_is_terminal()};
  for (const std::string& path : command.input_paths) {
    request.paths.push_back({path, net::FileDescriptor()});
  }
  return request;
}

}  // namespace

bool IsRepeatable(const std::string& verb) { return verb == "ingest" || verb == "run"; }

net::ForwardOutcome ForwardToOwner(net::FileDescriptor socket, const OwnedCommand& command, const ForwardWait& wait,
                                   Console& console) {
  const net::ForwardSettings settings{.program_version = core::kProgramVersion,
                                      .accept_ms_max = wait.accept_ms_max,
                                      .interrupt_descriptor = wait.interrupt_descriptor};
  ClientOutput output(console, IsRepeatable(command.verb));
  const net::ForwardOutcome outcome =
      net::ForwardVerb(std::move(socket), settings, RequestOf(command, console), output);
  if (outcome.end == net::ForwardEnd::kExited) {
    output.LetGo();
  }
  if (outcome.end == net::ForwardEnd::kOwnerDied && !output.can_repeat()) {
    throw core::Error(core::ErrorKind::kUnavailable, "PL-0609",
                      "The process that owned the station died under this verb\n"
                      "It may have done its work or not; whatever it had not committed is undone",
                      "Look at what is there (`pluginlake snapshots`), then run the verb again.");
  }
  return outcome;
}

}  // namespace pluginlake::app
