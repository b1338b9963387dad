// Reads the steady clock and the process's CPU clock.
#include "pluginlake/core/stopwatch.h"

#include <ctime>

namespace pluginlake::core {
namespace {

std::chrono::nanoseconds ProcessCpu() {
  timespec now{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

std::int64_t Millis(std::chrono::nanoseconds time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
}

}  // namespace

Stopwatch::Stopwatch() : start_(std::chrono::steady_clock::now()), cpu_start_(ProcessCpu()) {}

std::int64_t Stopwatch::wall_ms() const { return Millis(std::chrono::steady_clock::now() - start_); }

std::int64_t Stopwatch::cpu_ms() const { return Millis(ProcessCpu() - cpu_start_); }

}  // namespace pluginlake::core
