// Catches SIGINT and SIGTERM.
#include "app/interrupt_watch.h"

#include <atomic>
#include <csignal>

#include "pluginlake/core/cancel.h"

namespace pluginlake::app {
namespace {

// A signal handler can reach nothing but statics.
std::atomic<core::Cancellation*> watched_cancellation{nullptr};
std::atomic<const net::WakeEvent*> watched_event{nullptr};

void OnSignal(int) {
  if (core::Cancellation* cancellation = watched_cancellation.load()) {
    cancellation->Request();
  }
  if (const net::WakeEvent* event = watched_event.load()) {
    event->Signal();
  }
}

}  // namespace

InterruptWatch::InterruptWatch(core::Cancellation& cancellation) {
  watched_event = &event_;
  watched_cancellation = &cancellation;
  struct sigaction action{};
  action.sa_handler = &OnSignal;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, &previous_interrupt_);
  ::sigaction(SIGTERM, &action, &previous_terminate_);
}

InterruptWatch::~InterruptWatch() {
  ::sigaction(SIGINT, &previous_interrupt_, nullptr);
  ::sigaction(SIGTERM, &previous_terminate_, nullptr);
  watched_cancellation = nullptr;
  watched_event = nullptr;
}

}  // namespace pluginlake::app
