// The owner's loop: accepts clients, starts a session for each, hears their interrupts, ends with the last.
#include "pluginlake/net/owner_server.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/net/local_socket.h"
#include "pluginlake/net/payload.h"
#include "pluginlake/net/refusal.h"

namespace pluginlake::net {
namespace {

using core::Error;
using core::ErrorKind;

constexpr int kInterruptedExit = 130;
constexpr auto kNoDescriptorPause = std::chrono::milliseconds(100);
constexpr std::string_view kOwnerEnded =
    "error[PL-0610]: The process that owns the station was interrupted\n"
    "why: it ran this verb for you, and ended it\n"
    "fix: Run the verb again.\n";

Error TooManyVerbs(std::uint32_t verbs_max) {
  return Error(ErrorKind::kUnavailable, "PL-0604",
               fmt::format("The station already runs as many verbs as it may\nits owner takes {} at once", verbs_max),
               "Wait until one ends, or raise owner.clients_max.");
}

Error OtherVersion(std::string_view ours, std::string_view theirs) {
  return Error(
      ErrorKind::kConflict, "PL-0603",
      fmt::format("The station is in use by another version of this program\nits owner (pid {}) is {}, this one is {}",
                  ::getpid(), ours, theirs),
      fmt::format("Wait until that process ends, or end it (kill {}), then try again.", ::getpid()));
}

std::optional<Error> ErrorOf(RequestFault fault) {
  if (fault == RequestFault::kTooLarge) {
    return Error(ErrorKind::kExhausted, "PL-0608",
                 "The verb names more files than the station's owner may open at once",
                 "Name their folder instead, or raise the owner's limit of open files (ulimit -n).");
  }
  if (fault == RequestFault::kMalformed) {
    return Error(ErrorKind::kUnavailable, "PL-0605", "The station's owner was sent a request it cannot read",
                 "End the process that owns the station, then try again.");
  }
  return std::nullopt;
}

}  // namespace

void ForwardedVerb::SendProgress(const core::ProgressStep& step) {
  PayloadWriter writer;
  writer.Text(step.phase).Number(step.done).Number(step.total).Text(step.unit);
  channel_.TrySend(FrameType::kProgress, writer.Take());
}

bool ForwardedVerb::SendCommitted(std::int64_t snapshot_id, std::string_view what) {
  PayloadWriter writer;
  writer.Number(static_cast<std::uint64_t>(snapshot_id)).Text(what);
  return channel_.Send(FrameType::kCommitted, writer.Take());
}

// All but `verb` is guarded by the server's mutex.
struct OwnerServer::Session {
  enum class State { kHandshake, kRunning, kEnding, kDone };

  explicit Session(FileDescriptor socket) : verb(std::move(socket)) {}
  int descriptor() const { return verb.channel_.socket().get(); }

  ForwardedVerb verb;
  State state = State::kHandshake;
  bool is_heard = false;        // the loop waits for what the client says
  bool ended_by_owner = false;  // told to stop by the owner's interrupt
  std::thread thread;
};

OwnerServer::OwnerServer(OwnerServerSettings settings, Handler handler)
    : settings_(std::move(settings)),
      handler_(std::move(handler)),
      listener_(ListenAt(settings_.socket_path)),
      loop_([this] { Serve(); }) {}

OwnerServer::~OwnerServer() {
  if (!loop_.joinable()) {
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    end_requested_ = true;
  }
  wake_.Signal();
  loop_.join();
}

std::size_t OwnerServer::active() const {
  const std::lock_guard lock(mutex_);
  return sessions_.size();
}

void OwnerServer::StopWhenIdle() {
  {
    std::unique_lock lock(mutex_);
    idle_.wait(lock, [this] { return sessions_.empty(); });
    stopping_ = true;
  }
  wake_.Signal();
  loop_.join();
}

void OwnerServer::Serve() {
  while (!IsOver()) {
    WaitForEvents();
    Reap();
  }
  StopListening();
}

bool OwnerServer::IsOver() const {
  const std::lock_guard lock(mutex_);
  return stopping_ && sessions_.empty();
}

void OwnerServer::WaitForEvents() {
  std::vector<pollfd> waits{{wake_.descriptor(), POLLIN, 0}};
  bool is_ending = false;
  {
    const std::lock_guard lock(mutex_);
    is_ending = interrupted_;
    // poll() leaves out what is negative.
    waits.push_back({is_ending ? -1 : settings_.interrupt_descriptor, POLLIN, 0});
    waits.push_back({listener_.get(), POLLIN, 0});
    for (const auto& session : sessions_) {
      waits.push_back({session->is_heard ? session->descriptor() : -1, POLLIN, 0});
    }
  }
  const int ready = ::poll(waits.data(), waits.size(), is_ending ? static_cast<int>(settings_.stop_ms_max) : -1);
  if (ready == 0) {
    DropStalled();
  }
  if (ready <= 0) {
    return;
  }
  wake_.Clear();
  if (waits[1].revents != 0 || IsEndRequested()) {
    Interrupt();
  } else if (waits[2].revents != 0) {
    AcceptAll();
  }
  std::vector<int> speaking;
  for (std::size_t i = 3; i < waits.size(); ++i) {
    if (waits[i].revents != 0) {
      speaking.push_back(waits[i].fd);
    }
  }
  HearClients(speaking);
}

bool OwnerServer::IsEndRequested() const {
  const std::lock_guard lock(mutex_);
  return end_requested_ && !interrupted_;
}

void OwnerServer::AcceptAll() {
  while (true) {
    FileDescriptor socket(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (socket.is_open()) {
      Accept(std::move(socket));
    } else if (errno == EMFILE || errno == ENFILE) {
      std::this_thread::sleep_for(kNoDescriptorPause);  // until a verb that ends gives some back
      return;
    } else if (errno != EINTR && errno != ECONNABORTED) {
      return;
    }
  }
}

void OwnerServer::Accept(FileDescriptor socket) {
  if (PeerOf(socket).uid != ::geteuid()) {
    const Error denied(ErrorKind::kDenied, "PL-0607", "The station is in use by another user of this machine",
                       "Run the verb as the user who owns the station.");
    FrameChannel(std::move(socket)).Send(FrameType::kRefused, EncodeRefusal(denied));
    return;
  }
  Reap();
  if (active() >= settings_.verbs_max) {
    FrameChannel(std::move(socket)).Send(FrameType::kRefused, EncodeRefusal(TooManyVerbs(settings_.verbs_max)));
    return;
  }
  auto session = std::make_unique<Session>(std::move(socket));
  const std::lock_guard lock(mutex_);
  if (!stopping_ && !interrupted_ && StartSession(*session)) {
    sessions_.push_back(std::move(session));
  }
}

// The edge of what a client asks for: if the machine gives no thread, this client is refused and the owner lives on.
bool OwnerServer::StartSession(Session& session) {
  try {
    session.thread = std::thread([this, &session] { RunSession(session); });
    return true;
  } catch (const std::system_error&) {
    session.verb.channel_.Send(FrameType::kRefused, EncodeRefusal(TooManyVerbs(settings_.verbs_max)));
    return false;
  }
}

void OwnerServer::RunSession(Session& session) {
  if (Handshake(session) && BeginVerb(session)) {
    EndVerb(session, handler_(session.verb));
  }
  session.verb.channel_.Shutdown();
  {
    const std::lock_guard lock(mutex_);
    session.is_heard = false;
    session.state = Session::State::kDone;
  }
  wake_.Signal();
}

bool OwnerServer::Handshake(Session& session) {
  FrameChannel& channel = session.verb.channel_;
  channel.SetTimeout(settings_.handshake_ms_max);
  const std::optional<Frame> hello = channel.Receive();
  if (!hello || hello->type != FrameType::kHello) {
    return false;
  }
  PayloadReader reader(hello->payload);
  const std::uint64_t protocol = reader.Number();
  const std::string_view version = reader.Text();
  if (protocol != kProtocolVersion || version != settings_.program_version) {
    channel.Send(FrameType::kRefused, EncodeRefusal(OtherVersion(settings_.program_version, version)));
    return false;
  }
  const RequestFault fault = ReceiveRequest(channel, settings_.limits, session.verb.request_);
  if (const std::optional<Error> error = ErrorOf(fault)) {
    channel.Send(FrameType::kRefused, EncodeRefusal(*error));
  }
  channel.SetTimeout(0);
  return fault == RequestFault::kNone;
}

bool OwnerServer::BeginVerb(Session& session) {
  {
    const std::lock_guard lock(mutex_);
    if (interrupted_) {
      return false;
    }
    session.state = Session::State::kRunning;
    session.is_heard = true;
  }
  wake_.Signal();
  return session.verb.channel_.Send(FrameType::kAccepted, "");
}

void OwnerServer::EndVerb(Session& session, int exit_code) {
  bool ended_by_owner = false;
  {
    const std::lock_guard lock(mutex_);
    session.state = Session::State::kEnding;
    session.is_heard = false;
    ended_by_owner = session.ended_by_owner && exit_code == kInterruptedExit;
  }
  if (ended_by_owner) {
    session.verb.SendErr(kOwnerEnded);
    exit_code = core::ExitCodeOf(ErrorKind::kUnavailable);
  }
  PayloadWriter writer;
  session.verb.channel_.Send(FrameType::kExit, writer.Number(static_cast<std::uint64_t>(exit_code)).Take());
}

// All that a client says while its verb runs is that it was interrupted, or by its end that it is gone.
void OwnerServer::HearClients(const std::vector<int>& descriptors) {
  const std::lock_guard lock(mutex_);
  for (const auto& session : sessions_) {
    const int descriptor = session->descriptor();
    if (!session->is_heard || std::ranges::find(descriptors, descriptor) == descriptors.end()) {
      continue;
    }
    std::array<char, 64> said{};
    const ssize_t count = ::recv(descriptor, said.data(), said.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
      continue;
    }
    session->verb.cancellation_.Request();
    if (count <= 0) {
      session->is_heard = false;
      session->verb.channel_.Shutdown();
    }
  }
}

void OwnerServer::Interrupt() {
  StopListening();
  const std::lock_guard lock(mutex_);
  interrupted_ = true;
  for (const auto& session : sessions_) {
    if (session->state == Session::State::kRunning) {
      session->ended_by_owner = true;
      session->verb.cancellation_.Request();
    } else if (session->state == Session::State::kHandshake) {
      session->verb.channel_.Shutdown();
    }
  }
}

void OwnerServer::StopListening() {
  if (listener_.is_open()) {
    ::unlink(settings_.socket_path.c_str());
    listener_.Close();
  }
}

void OwnerServer::DropStalled() {
  const std::lock_guard lock(mutex_);
  for (const auto& session : sessions_) {
    pollfd state{session->descriptor(), POLLOUT, 0};
    if (::poll(&state, 1, 0) == 0) {
      session->verb.channel_.Shutdown();
    }
  }
}

void OwnerServer::Reap() {
  std::list<std::unique_ptr<Session>> done;
  {
    const std::lock_guard lock(mutex_);
    for (auto each = sessions_.begin(); each != sessions_.end();) {
      const auto next = std::next(each);
      if ((*each)->state == Session::State::kDone) {
        done.splice(done.end(), sessions_, each);
      }
      each = next;
    }
    if (sessions_.empty()) {
      idle_.notify_all();
    }
  }
  for (const auto& session : done) {
    session->thread.join();
  }
}

}  // namespace pluginlake::net
