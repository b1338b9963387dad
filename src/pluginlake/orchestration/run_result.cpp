// Names for statuses and modes.
#include "pluginlake/orchestration/run_result.h"

#include <algorithm>

namespace pluginlake::orchestration {

const char* NameOf(AssetStatus status) {
  switch (status) {
    case AssetStatus::kDone:
      return "done";
    case AssetStatus::kUnchanged:
      return "unchanged";
    case AssetStatus::kSkipped:
      return "skipped";
    case AssetStatus::kFailed:
      return "failed";
    case AssetStatus::kBlocked:
      return "blocked";
  }
  return "";
}

const char* NameOf(RunMode mode) {
  switch (mode) {
    case RunMode::kFull:
      return "full";
    case RunMode::kIncremental:
      return "incremental";
    case RunMode::kSkipped:
      return "skipped";
  }
  return "";
}

bool RunResult::failed() const {
  return std::ranges::any_of(assets, [](const AssetResult& asset) {
    return asset.status == AssetStatus::kFailed || asset.status == AssetStatus::kBlocked;
  });
}

}  // namespace pluginlake::orchestration
