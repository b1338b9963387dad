// The console of a forwarded verb: what it writes goes to the client that typed it.
#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

#include "app/console.h"
#include "pluginlake/core/progress.h"

namespace pluginlake::net {
class ForwardedVerb;
}

namespace pluginlake::app {

// Out() waits while the client is slow, and throws core::Interrupted when it is gone. `verb` outlives it.
class ForwardedConsole final : public Console, private core::Progress {
 public:
  explicit ForwardedConsole(net::ForwardedVerb& verb) : verb_(verb) {}

  void Out(std::string_view bytes) override;
  void Err(std::string_view bytes) override;
  bool has_output() const override { return has_output_; }
  bool out_is_terminal() const override;
  bool err_is_terminal() const override;
  core::Progress& progress() override { return *this; }
  core::Cancellation& cancellation() override;

 private:
  // Steps that follow each other faster than the eye are left out, but for the first and last of a phase.
  void Report(const core::ProgressStep& step) override;
  void Committed(std::int64_t snapshot_id, const std::string& what) override;
  bool IsWorthTelling(const core::ProgressStep& step);

  net::ForwardedVerb& verb_;
  std::atomic<bool> has_output_{false};
  std::mutex mutex_;
  std::string phase_;
  std::chrono::steady_clock::time_point told_at_;
};

}  // namespace pluginlake::app
