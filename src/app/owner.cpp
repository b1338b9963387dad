// Decides where a verb runs: takes the station's lock if it is free, else forwards, and tries again when owners end.
#include "app/owner.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "app/console.h"
#include "app/interrupt_watch.h"
#include "app/owner_client.h"
#include "app/owner_host.h"
#include "app/verb.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/clock.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/core/version.h"
#include "pluginlake/net/local_socket.h"

namespace pluginlake::app {
namespace {

using std::chrono::milliseconds;
using Moment = std::chrono::steady_clock::time_point;

constexpr milliseconds kFirstPause(5);
constexpr milliseconds kLongestPause(100);
constexpr rlim_t kOpenFilesMax = 65'536;

net::OwnerRecord RecordOfSelf(const std::string& verb) {
  return {.pid = ::getpid(),
          .program = fmt::format("pluginlake {}", core::kProgramVersion),
          .verb = verb,
          .started_at = core::FormatUtc(core::SystemClock().NowMicros())};
}

// Clients hand over one open file for each PATH.
void RaiseOpenFilesLimit() {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < kOpenFilesMax) {
    limit.rlim_cur = std::min(limit.rlim_max, kOpenFilesMax);
    ::setrlimit(RLIMIT_NOFILE, &limit);
  }
}

core::Error LockedByOther(const OwnerPaths& paths) {
  const std::optional<net::OwnerRecord> holder = net::FindLockHolder(paths.lock);
  std::string who = "The station is locked by another process";
  if (holder) {
    who += fmt::format(", pid {}", holder->pid);
    who += holder->verb.empty()
               ? ""
               : fmt::format(" ({}, `{}`, since {})", holder->program, holder->verb, holder->started_at);
  }
  return core::Error(core::ErrorKind::kConflict, "PL-0602",
                     fmt::format("{}\nIt holds {} and takes no verbs on the station's socket", who, paths.lock),
                     holder ? fmt::format("Wait until it ends, or end it (kill {}), then try again.", holder->pid)
                            : "Find who holds that file (`fuser` names it), wait until it ends, then try again.");
}

// One verb on its way to where it runs.
class Dispatch {
 public:
  Dispatch(const OwnedCommand& command, Console& console, const RunHere& run_here, const RunForwarded& run_forwarded)
      : command_(command),
        console_(console),
        run_here_(run_here),
        run_forwarded_(run_forwarded),
        paths_(command.station_folder),
        interrupt_(console.cancellation()) {}

  int Run() {
    net::PrepareRunFolder(paths_.folder);
    StartWaiting();
    while (true) {
      if (std::optional<net::OwnerLock> lock = net::OwnerLock::TryTake(paths_.lock, RecordOfSelf(command_.verb))) {
        return RunAsOwner(std::move(*lock));
      }
      if (const std::optional<int> exit_code = TryForward()) {
        return *exit_code;
      }
      Pause();
    }
  }

 private:
  int RunAsOwner(net::OwnerLock lock) {
    core::FaultPoint("owner.after_lock");
    RaiseOpenFilesLimit();
    OwnerHost host(std::move(lock), command_, run_forwarded_, interrupt_.descriptor());
    host.Open();
    const int exit_code = run_here_(host);
    host.Close(console_);
    return exit_code;
  }

  // nullopt: the owner is not there yet, or no more; try again.
  std::optional<int> TryForward() {
    net::FileDescriptor socket = net::TryConnect(paths_.socket);
    if (!socket.is_open()) {
      return std::nullopt;
    }
    const ForwardWait wait{.accept_ms_max = MillisecondsLeft(), .interrupt_descriptor = interrupt_.descriptor()};
    const net::ForwardOutcome outcome = ForwardToOwner(std::move(socket), command_, wait, console_);
    switch (outcome.end) {
      case net::ForwardEnd::kExited:
        return outcome.exit_code;
      case net::ForwardEnd::kInterrupted:
        throw core::Interrupted{};
      case net::ForwardEnd::kOwnerDied:
        console_.Err(fmt::format("the process that owned the station died: `{}` is repeated\n", command_.verb));
        StartWaiting();
        break;
      case net::ForwardEnd::kNotAccepted:
        break;
    }
    return std::nullopt;
  }

  void StartWaiting() {
    deadline_ = std::chrono::steady_clock::now() + milliseconds(command_.settings.owner.wait_ms_max);
    pause_ = kFirstPause;
  }

  std::uint32_t MillisecondsLeft() const {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline_ - std::chrono::steady_clock::now()).count();
    return static_cast<std::uint32_t>(std::max<std::int64_t>(left, 1));
  }

  void Pause() {
    if (std::chrono::steady_clock::now() >= deadline_) {
      throw LockedByOther(paths_);
    }
    pollfd wait{interrupt_.descriptor(), POLLIN, 0};
    ::poll(&wait, 1, static_cast<int>(pause_.count()));
    if (console_.cancellation().is_requested()) {
      throw core::Interrupted{};
    }
    pause_ = std::min(pause_ * 2, kLongestPause);
  }

  const OwnedCommand& command_;
  Console& console_;
  const RunHere& run_here_;
  const RunForwarded& run_forwarded_;
  const OwnerPaths paths_;
  InterruptWatch interrupt_;
  Moment deadline_;
  milliseconds pause_ = kFirstPause;
};

}  // namespace

int RunOwned(const OwnedCommand& command, Console& console, const RunHere& run_here,
             const RunForwarded& run_forwarded) {
  return Dispatch(command, console, run_here, run_forwarded).Run();
}

}  // namespace pluginlake::app
