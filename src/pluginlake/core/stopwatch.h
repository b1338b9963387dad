// Measures how long something takes: on the wall, and in CPU time of the whole process.
#pragma once

#include <chrono>
#include <cstdint>

namespace pluginlake::core {

// Runs from its making on. A value: a copy goes on from the same moment.
class Stopwatch {
 public:
  Stopwatch();

  std::int64_t wall_ms() const;
  // Returns the CPU time of all threads of the process, whatever they worked on.
  std::int64_t cpu_ms() const;

 private:
  std::chrono::steady_clock::time_point start_;
  std::chrono::nanoseconds cpu_start_;
};

}  // namespace pluginlake::core
