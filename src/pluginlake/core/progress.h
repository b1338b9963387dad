// How long work tells how far it is; the app decides how that is shown (a bar on a terminal, else a line every 10 s).
#pragma once

#include <cstdint>
#include <string>

namespace pluginlake::core {

// One state of a long piece of work. `total` 0 = unknown. Unit: "records", "bytes", "files".
struct ProgressStep {
  std::string phase;
  std::uint64_t done = 0;
  std::uint64_t total = 0;
  std::string unit;
};

// Receives progress, from any thread; must return quickly.
class Progress {
 public:
  virtual ~Progress() = default;
  virtual void Report(const ProgressStep& step) = 0;
  // Says that everything up to `snapshot_id` is committed: printed as a line at once, since it is an acknowledgement.
  virtual void Committed(std::int64_t snapshot_id, const std::string& what) = 0;
};

// Shows nothing.
class NoProgress final : public Progress {
 public:
  void Report(const ProgressStep&) override {}
  void Committed(std::int64_t, const std::string&) override {}
};

}  // namespace pluginlake::core
