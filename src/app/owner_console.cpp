// Sends what a forwarded verb writes to its client.
#include "app/owner_console.h"

#include "pluginlake/core/cancel.h"
#include "pluginlake/net/owner_server.h"

namespace pluginlake::app {
namespace {

constexpr auto kProgressPause = std::chrono::milliseconds(100);

}  // namespace

void ForwardedConsole::Out(std::string_view bytes) {
  if (bytes.empty()) {
    return;
  }
  has_output_ = true;
  if (!verb_.SendOut(bytes)) {
    verb_.cancellation().Request();
    throw core::Interrupted{};
  }
}

void ForwardedConsole::Err(std::string_view bytes) { verb_.SendErr(bytes); }

bool ForwardedConsole::out_is_terminal() const { return verb_.request().terminal.out_is_terminal; }
bool ForwardedConsole::err_is_terminal() const { return verb_.request().terminal.err_is_terminal; }
core::Cancellation& ForwardedConsole::cancellation() { return verb_.cancellation(); }

void ForwardedConsole::Report(const core::ProgressStep& step) {
  if (IsWorthTelling(step)) {
    verb_.SendProgress(step);
  }
}

void ForwardedConsole::Committed(std::int64_t snapshot_id, const std::string& what) {
  verb_.SendCommitted(snapshot_id, what);
}

bool ForwardedConsole::IsWorthTelling(const core::ProgressStep& step) {
  const std::lock_guard lock(mutex_);
  const auto now = std::chrono::steady_clock::now();
  if (step.phase == phase_ && step.done != step.total && now - told_at_ < kProgressPause) {
    return false;
  }
  phase_ = step.phase;
  told_at_ = now;
  return true;
}

}  // namespace pluginlake::app
