// Shows progress on stderr: a bar on a terminal, else a line every ten seconds; commits as a line at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "pluginlake/core/progress.h"

namespace pluginlake::app {

// How and whether progress is shown.
struct ProgressStyle {
  bool terminal = false;
  bool quiet = false;
  std::uint32_t width = 80;  // columns of the terminal
};

// Thread-safe. Text that others write to stderr goes through Print(), so that it never mixes with the bar.
class ProgressDisplay final : public core::Progress {
 public:
  using Write = std::function<void(std::string_view)>;
  ProgressDisplay(ProgressStyle style, Write write);

  void Report(const core::ProgressStep& step) override;
  void Committed(std::int64_t snapshot_id, const std::string& what) override;
  void Print(std::string_view text);
  // Takes the bar away; called when the verb ends.
  void Finish();
  void Restyle(ProgressStyle style);

 private:
  using Moment = std::chrono::steady_clock::time_point;
  void Clear();
  std::string Line(const core::ProgressStep& step) const;
  std::string Bar(const core::ProgressStep& step) const;

  std::mutex mutex_;
  ProgressStyle style_;
  Write write_;
  std::string phase_;
  Moment phase_start_;
  Moment shown_at_;
  bool bar_shown_ = false;
};

}  // namespace pluginlake::app
