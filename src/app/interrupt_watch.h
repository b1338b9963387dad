// Turns SIGINT and SIGTERM into something poll() can wait for, beside the console's cancellation.
#pragma once

#include <csignal>

#include "pluginlake/net/wake_event.h"

namespace pluginlake::core {
class Cancellation;
}

namespace pluginlake::app {

// While it lives, SIGINT and SIGTERM request the cancellation and signal the event; then what was before holds again.
// One at a time, in the main thread.
class InterruptWatch {
 public:
  explicit InterruptWatch(core::Cancellation& cancellation);
  ~InterruptWatch();
  InterruptWatch(const InterruptWatch&) = delete;
  InterruptWatch& operator=(const InterruptWatch&) = delete;

  // Readable after a signal.
  int descriptor() const { return event_.descriptor(); }

 private:
  net::WakeEvent event_;
  struct sigaction previous_interrupt_{};
  struct sigaction previous_terminate_{};
};

}  // namespace pluginlake::app
