// Draws bars and lines of progress.
#include "app/progress_display.h"

#include <fmt/format.h>

#include <algorithm>

namespace pluginlake::app {
namespace {

constexpr auto kBarEvery = std::chrono::milliseconds(100);
constexpr auto kLineEvery = std::chrono::seconds(10);

std::string Grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string Amount(const core::ProgressStep& step) {
  if (step.unit != "bytes") {
    return step.total == 0 ? fmt::format("{} {}", Grouped(step.done), step.unit)
                           : fmt::format("{} of {} {}", Grouped(step.done), Grouped(step.total), step.unit);
  }
  constexpr double kMegabyte = 1e6;
  double done = static_cast<double>(step.done) / kMegabyte;
  double total = static_cast<double>(step.total) / kMegabyte;
  return step.total == 0 ? fmt::format("{:.1f} MB", done) : fmt::format("{:.1f} of {:.1f} MB", done, total);
}

}  // namespace

ProgressDisplay::ProgressDisplay(ProgressStyle style, Write write)
    : style_(style),
      write_(std::move(write)),
      phase_start_(std::chrono::steady_clock::now()),
      shown_at_(phase_start_) {}

void ProgressDisplay::Report(const core::ProgressStep& step) {
  std::lock_guard lock(mutex_);
  if (style_.quiet) {
    return;
  }
  Moment now = std::chrono::steady_clock::now();
  if (step.phase != phase_) {
    phase_ = step.phase;
    phase_start_ = now;
  }
  if (style_.terminal && now - shown_at_ >= kBarEvery) {
    write_(Bar(step));
    bar_shown_ = true;
    shown_at_ = now;
  } else if (!style_.terminal && now - shown_at_ >= kLineEvery) {
    write_(Line(step) + "\n");
    shown_at_ = now;
  }
}

void ProgressDisplay::Committed(std::int64_t snapshot_id, const std::string& what) {
  std::lock_guard lock(mutex_);
  if (style_.quiet) {
    return;
  }
  Clear();
  write_(fmt::format("committed: snapshot {}{}{}\n", snapshot_id, what.empty() ? "" : ", ", what));
}

void ProgressDisplay::Print(std::string_view text) {
  std::lock_guard lock(mutex_);
  Clear();
  write_(text);
}

void ProgressDisplay::Finish() {
  std::lock_guard lock(mutex_);
  Clear();
}

void ProgressDisplay::Restyle(ProgressStyle style) {
  std::lock_guard lock(mutex_);
  style_ = style;
}

void ProgressDisplay::Clear() {
  if (bar_shown_) {
    write_("\r\x1b[K");
    bar_shown_ = false;
  }
}

std::string ProgressDisplay::Line(const core::ProgressStep& step) const {
  auto elapsed = std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - phase_start_);
  std::string share = step.total == 0 ? "" : fmt::format(" ({}%)", step.done * 100 / step.total);
  return fmt::format("{}: {}{}, {} s", step.phase, Amount(step), share, elapsed.count());
}

std::string ProgressDisplay::Bar(const core::ProgressStep& step) const {
  constexpr std::size_t kBarWidth = 24;
  std::string text = Line(step);
  if (step.total > 0) {
    std::size_t filled = std::min<std::size_t>(kBarWidth, step.done * kBarWidth / step.total);
    text = fmt::format("[{}{}] {}", std::string(filled, '#'), std::string(kBarWidth - filled, '.'), text);
  }
  text.resize(std::min<std::size_t>(text.size(), style_.width > 1 ? style_.width - 1 : 1));
  return "\r" + text + "\x1b[K";
}

}  // namespace pluginlake::app
