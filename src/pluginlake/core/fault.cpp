// Reads PLUGINLAKE_FAULT once and kills the process at the point it names.
#include "pluginlake/core/fault.h"

#include <csignal>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>

namespace pluginlake::core {
namespace {

struct Plan {
  std::string name;
  std::atomic<long> passes_left{1};
};

Plan* ReadPlan() {
  const char* value = std::getenv("PLUGINLAKE_FAULT");
  if (value == nullptr || *value == '\0') {
    return nullptr;
  }
  static Plan plan;
  plan.name = value;
  if (auto colon = plan.name.rfind(':'); colon != std::string::npos) {
    plan.passes_left = std::strtol(plan.name.c_str() + colon + 1, nullptr, 10);
    plan.name.resize(colon);
  }
  return &plan;
}

}  // namespace

void FaultPoint(std::string_view name) {
  static Plan* const plan = ReadPlan();
  if (plan == nullptr || plan->name != name || plan->passes_left.fetch_sub(1) != 1) {
    return;
  }
  std::string line = "fault: " + plan->name + "\n";
  [[maybe_unused]] auto written = ::write(STDERR_FILENO, line.data(), line.size());
  ::kill(::getpid(), SIGKILL);
}

}  // namespace pluginlake::core
