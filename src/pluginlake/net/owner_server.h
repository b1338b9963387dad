// The owner's end of the socket: takes verbs of other processes, each on its own thread, bounded in number.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "pluginlake/core/cancel.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/net/file_descriptor.h"
#include "pluginlake/net/frame_channel.h"
#include "pluginlake/net/verb_request.h"
#include "pluginlake/net/wake_event.h"

namespace pluginlake::net {

// One forwarded verb as the owner sees it. Its senders may be called from any thread; they wait while the client is
// slow, and return false when it is gone.
class ForwardedVerb {
 public:
  explicit ForwardedVerb(FileDescriptor socket) : channel_(std::move(socket)) {}

  const VerbRequest& request() const { return request_; }
  // Requested by the client's SIGINT, by its end, and by the owner's SIGINT.
  core::Cancellation& cancellation() { return cancellation_; }

  bool SendOut(std::string_view bytes) { return channel_.SendBytes(FrameType::kOut, bytes); }
  bool SendErr(std::string_view bytes) { return channel_.SendBytes(FrameType::kErr, bytes); }
  // Left out if the client does not keep up.
  void SendProgress(const core::ProgressStep& step);
  bool SendCommitted(std::int64_t snapshot_id, std::string_view what);

 private:
  friend class OwnerServer;

  FrameChannel channel_;
  VerbRequest request_;
  core::Cancellation cancellation_;
};

struct OwnerServerSettings {
  std::string socket_path;
  std::string program_version;
  std::uint32_t verbs_max = 16;            // forwarded verbs at once; more are refused (unavailable)
  std::uint32_t handshake_ms_max = 5'000;  // a client that says nothing for so long is dropped
  std::uint32_t stop_ms_max = 3'000;       // after an interrupt, a client that reads nothing for so long is dropped
  int interrupt_descriptor = -1;           // readable after SIGINT: refuse new verbs, end running ones with exit 7
  RequestLimits limits;
};

// Listens from construction on. One thread waits for clients (and for what they say while their verbs run), without a
// timeout: an idle owner does nothing at all.
class OwnerServer {
 public:
  // Runs a forwarded verb and returns its exit code; must not throw. Called from many threads at once.
  using Handler = std::function<int(ForwardedVerb&)>;

  // Only the holder of the owner's lock may construct one. Throws denied, exhausted, unavailable.
  OwnerServer(OwnerServerSettings settings, Handler handler);
  // Ends what still runs, as an interrupt does.
  ~OwnerServer();

  // Returns how many verbs run, or are about to.
  std::size_t active() const;
  // Waits until none runs, and stops listening in the same moment: a client that comes later finds nobody.
  void StopWhenIdle();

 private:
  struct Session;

  void Serve();
  bool IsOver() const;
  bool IsEndRequested() const;
  void WaitForEvents();
  void AcceptAll();
  void Accept(FileDescriptor socket);
  bool StartSession(Session& session);
  void RunSession(Session& session);
  bool Handshake(Session& session);
  bool BeginVerb(Session& session);
  void EndVerb(Session& session, int exit_code);
  void HearClients(const std::vector<int>& descriptors);
  void Interrupt();
  void StopListening();
  void DropStalled();
  void Reap();

  const OwnerServerSettings settings_;
  const Handler handler_;
  WakeEvent wake_;
  FileDescriptor listener_;

  mutable std::mutex mutex_;
  std::condition_variable idle_;
  std::list<std::unique_ptr<Session>> sessions_;  // only the loop's thread erases
  bool stopping_ = false;                         // no new sessions; the loop ends when none is left
  bool end_requested_ = false;                    // the destructor wants what an interrupt does
  bool interrupted_ = false;

  std::thread loop_;
};

}  // namespace pluginlake::net
