// The console of this process: its own stdout and stderr.
#pragma once

#include <atomic>
#include <mutex>

#include "app/console.h"
#include "app/progress_display.h"
#include "pluginlake/core/cancel.h"

namespace pluginlake::app {

// One a process. SIGINT and SIGTERM request its cancellation once CatchSignals() was called.
class ProcessConsole final : public Console {
 public:
  ProcessConsole();
  ~ProcessConsole() override;

  void Out(std::string_view bytes) override;
  void Err(std::string_view bytes) override;
  bool has_output() const override { return has_output_; }
  bool out_is_terminal() const override;
  bool err_is_terminal() const override;
  core::Progress& progress() override { return display_; }
  core::Cancellation& cancellation() override { return cancellation_; }

  // Stops showing progress (-q).
  void BeQuiet();
  // From now on SIGINT and SIGTERM request the cancellation; system calls that wait return EINTR. SIGPIPE is ignored.
  void CatchSignals();

 private:
  core::Cancellation cancellation_;
  std::mutex out_mutex_;
  std::atomic<bool> has_output_{false};
  ProgressDisplay display_;
};

}  // namespace pluginlake::app
