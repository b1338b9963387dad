// Looks at a cancellation beside a running statement.
#include "pluginlake/duck/cancel_watch.h"

#include <chrono>

#include "pluginlake/core/cancel.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::duck {
namespace {

constexpr auto kPause = std::chrono::milliseconds(50);

}  // namespace

CancelWatch::CancelWatch(Connection& connection, const core::Cancellation& cancellation)
    : thread_([this, &connection, &cancellation] { Watch(connection, cancellation); }) {}

CancelWatch::~CancelWatch() {
  {
    const std::lock_guard lock(mutex_);
    ended_ = true;
  }
  ended_changed_.notify_all();
  thread_.join();
}

// Goes on after the first interrupt: it is lost if DuckDB was between two statements.
void CancelWatch::Watch(Connection& connection, const core::Cancellation& cancellation) {
  std::unique_lock lock(mutex_);
  while (!ended_changed_.wait_for(lock, kPause, [this] { return ended_; })) {
    if (cancellation.is_requested()) {
      connection.Interrupt();
    }
  }
}

}  // namespace pluginlake::duck
