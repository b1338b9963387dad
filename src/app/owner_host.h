// The process that owns a station: holds its lock, has it open, and runs the verbs of other processes too.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>

#include "app/owner.h"
#include "app/station.h"
#include "pluginlake/net/owner_lock.h"
#include "pluginlake/net/owner_server.h"

namespace pluginlake::app {

// Where a station's lock and socket are.
struct OwnerPaths {
  explicit OwnerPaths(const std::string& station_folder);
  std::string folder;
  std::string lock;
  std::string socket;
};

// Listens from construction on; forwarded verbs wait until Open() returned. If it is destroyed without Close(),
// forwarded verbs are ended, and the next owner takes this one for dead and repairs.
class OwnerHost final : public StationHost {
 public:
  // `interrupt_descriptor` becomes readable with SIGINT: forwarded verbs then end, and no new ones are taken.
  OwnerHost(net::OwnerLock lock, const OwnedCommand& command, RunForwarded run_forwarded, int interrupt_descriptor);
  ~OwnerHost() override;

  // Empties the folder for spilled data and repairs what a killed owner left. Throws what that meets.
  void Open();
  Station& station() override { return *station_; }
  // Serves until the last forwarded verb ended, saying so on `console`, and frees the station.
  void Close(Console& console);

 private:
  enum class State { kOpening, kOpen, kFailed };

  int Serve(net::ForwardedVerb& verb);
  bool WaitUntilOpen();
  void SetState(State state);

  net::OwnerLock lock_;
  std::unique_ptr<Station> station_;
  const RunForwarded run_forwarded_;
  std::mutex mutex_;
  std::condition_variable changed_;
  State state_ = State::kOpening;
  std::unique_ptr<net::OwnerServer> server_;
};

}  // namespace pluginlake::app
