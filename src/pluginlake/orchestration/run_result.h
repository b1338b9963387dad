// What a run is asked for and what it did. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/assets/checks.h"
#include "pluginlake/assets/declaration.h"

namespace pluginlake::orchestration {

enum class AssetStatus {
  kDone,       // rows were written
  kUnchanged,  // computed, and equal to what stands
  kSkipped,    // nothing it reads has changed
  kFailed,     // it could not be computed, or an error check refused it
  kBlocked,    // it hangs on one that failed
};

enum class RunMode { kFull, kIncremental, kSkipped };

// Returns "done", "unchanged", "skipped", "failed", "blocked"; "full", "incremental", "skipped".
const char* NameOf(AssetStatus status);
const char* NameOf(RunMode mode);

struct AssetResult {
  std::string key;
  AssetStatus status = AssetStatus::kSkipped;
  RunMode mode = RunMode::kSkipped;
  std::vector<std::string> reasons;  // why it was stale: "data: raw/fhir_resource", "code", "never built"
  std::optional<std::int64_t> keys;  // incremental: how many of its keys were computed; of a view, resources
  std::int64_t rows = 0;             // in the table afterwards; -1 = not known
  std::int64_t rows_changed = 0;     // written and removed
  std::optional<std::int64_t> snapshot_id;
  std::int64_t duration_ms = 0;
  std::vector<assets::CheckResult> checks;
  std::string message;  // why it failed, or what blocks it
};

struct RunRequest {
  std::string run_id;
  std::vector<std::string> selection;  // empty = all
  bool full = false;                   // computes everything selected anew
  bool dry_run = false;                // says what would be computed, and why
  std::string program_version;
};

struct RunResult {
  std::string run_id;
  std::vector<AssetResult> assets;
  std::vector<assets::Problem> problems;  // assets that could not be loaded
  std::vector<std::int64_t> snapshot_ids;
  std::uint64_t waves = 0;
  std::int64_t commit_ms = 0;      // of the run, spent in commits: the lake's own work
  std::int64_t commit_cpu_ms = 0;  // CPU time of the process during them

  bool failed() const;
};

}  // namespace pluginlake::orchestration
