// Asks work to stop: set by SIGINT, by a client that went away, or by a failed sibling thread.
#pragma once

#include <atomic>

namespace pluginlake::core {

// A flag that long work looks at between steps. Thread-safe; Request() is async-signal-safe.
class Cancellation {
 public:
  void Request() { requested_.store(true, std::memory_order_relaxed); }
  bool is_requested() const { return requested_.load(std::memory_order_relaxed); }

 private:
  std::atomic<bool> requested_{false};
};

// Thrown by work that found its Cancellation requested; the CLI answers 130. Nothing was committed by that work.
struct Interrupted {};

}  // namespace pluginlake::core
