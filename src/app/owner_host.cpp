// Opens a station as its owner, serves forwarded verbs, and stays until the last of them ends.
#include "app/owner_host.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "app/console.h"
#include "app/owner_console.h"
#include "app/station_recovery.h"
#include "app/verb.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/core/version.h"

namespace pluginlake::app {
namespace {

constexpr std::string_view kNotOpened =
    "error[PL-0611]: The process that owns the station could not open it\n"
    "why: this verb was to run there\n"
    "fix: Run the verb again: it then shows what is wrong.\n";

Invocation InvocationOf(const net::VerbRequest& request) {
  Invocation invocation;
  invocation.args = request.args;
  invocation.directory = request.directory;
  invocation.environment = request.environment;
  for (const net::ForwardedPath& path : request.paths) {
    const bool is_absolute = path.shown.starts_with('/');
    invocation.paths.push_back({.shown = path.shown,
                                .absolute = is_absolute ? path.shown : request.directory + "/" + path.shown,
                                .descriptor = path.descriptor.get()});
  }
  return invocation;
}

// Spilled data of a killed process is nobody's. A file that cannot be removed stands in nobody's way.
void EmptyFolder(const std::string& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    std::filesystem::remove_all(entry.path(), ignored);
  }
}

}  // namespace

OwnerPaths::OwnerPaths(const std::string& station_folder)
    : folder(station_folder + "/run"), lock(folder + "/owner.lock"), socket(folder + "/pluginlake.sock") {}

OwnerHost::OwnerHost(net::OwnerLock lock, const OwnedCommand& command, RunForwarded run_forwarded,
                     int interrupt_descriptor)
    : lock_(std::move(lock)),
      station_(std::make_unique<Station>(command.station_folder, command.settings)),
      run_forwarded_(std::move(run_forwarded)) {
  net::OwnerServerSettings settings;
  settings.socket_path = OwnerPaths(command.station_folder).socket;
  settings.program_version = core::kProgramVersion;
  settings.verbs_max = static_cast<std::uint32_t>(command.settings.owner.clients_max);
  settings.interrupt_descriptor = interrupt_descriptor;
  server_ = std::make_unique<net::OwnerServer>(settings, [this](net::ForwardedVerb& verb) { return Serve(verb); });
  core::FaultPoint("owner.after_listen");
}

OwnerHost::~OwnerHost() {
  SetState(State::kFailed);
  server_.reset();
}

void OwnerHost::Open() {
  EmptyFolder(station_->folder() + "/tmp");
  if (lock_.previous_owner_died()) {
    RecoverStation(*station_);
  }
  SetState(State::kOpen);
}

void OwnerHost::Close(Console& console) {
  if (const std::size_t count = server_->active(); count > 0) {
    console.Err(
        fmt::format("this process owns the station and stays until {} forwarded verb{} ended (Ctrl-C ends them)\n",
                    count, count == 1 ? " has" : "s have"));
  }
  server_->StopWhenIdle();
  station_.reset();
  lock_.Release();
}

int OwnerHost::Serve(net::ForwardedVerb& verb) {
  if (!WaitUntilOpen()) {
    verb.SendErr(kNotOpened);
    return core::ExitCodeOf(core::ErrorKind::kUnavailable);
  }
  ForwardedConsole console(verb);
  return run_forwarded_(InvocationOf(verb.request()), console, *this);
}

bool OwnerHost::WaitUntilOpen() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return state_ != State::kOpening; });
  return state_ == State::kOpen;
}

void OwnerHost::SetState(State state) {
  {
    const std::lock_guard lock(mutex_);
    state_ = state;
  }
  changed_.notify_all();
}

}  // namespace pluginlake::app
