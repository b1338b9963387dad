// Brings assets up to date: decides what each has to compute, computes it, checks it, and commits in waves.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/core/principal.h"
#include "pluginlake/orchestration/lake_facts.h"
#include "pluginlake/orchestration/run_result.h"

namespace pluginlake::catalog {
class Lake;
class Writer;
}  // namespace pluginlake::catalog
namespace pluginlake::core {
class Cancellation;
class Log;
class Progress;
}  // namespace pluginlake::core
namespace pluginlake::state {
class Store;
}

namespace pluginlake::orchestration {

struct RunnerSettings {
  std::vector<std::string> asset_folders;        // of the station, absolute
  std::map<std::string, std::string> variables;  // settings that SQL asks for: getvariable('time_zone')
  std::uint32_t threads = 2;
  std::uint32_t wave_assets_max = 100;
  std::uint32_t wave_ms_max = 60'000;
  std::uint32_t retries_max = 2;         // of an asset that failed for want of a server or a network
  std::uint32_t retry_pause_ms = 1'000;  // doubled each time
};

// What a run works with; all outlive the runner.
struct RunnerParts {
  catalog::Lake& lake;
  catalog::Writer& writer;
  state::Store& store;
};

// An asset as it is declared and as it stands.
struct InspectedAsset {
  assets::Asset asset;
  std::optional<AssetFacts> facts;  // nullopt = never built
  AssetResult plan;                 // what a run would do, and why; of assets kept in the lake
  std::vector<std::string> reads;   // keys of what it reads itself
  std::vector<std::string> read_by;
};

struct Inspection {
  std::vector<InspectedAsset> assets;  // in an order in which each comes after what it reads
  std::vector<assets::Problem> problems;
  std::int64_t snapshot_id = 0;  // as of which the lake was read
};

// One a project. Thread-safe: one run at a time, a second waits.
class Runner {
 public:
  Runner(const RunnerParts& parts, RunnerSettings settings);

  // Runs the selection. An asset that fails takes nothing with it but what hangs on it. Throws not_found for a
  // selection that names nothing, what a commit throws, Interrupted when cancelled; waves committed before stay.
  RunResult Run(const core::Principal& principal, const RunRequest& request, core::Progress& progress,
                const core::Cancellation& cancellation);

  // Reads all assets and what is known of them; computes nothing.
  Inspection Inspect(const core::Principal& principal);

  // Returns the lowest snapshot up to which any asset has read an input: later ones must stay. nullopt = no asset.
  std::optional<std::int64_t> LowestCursor(const core::Principal& principal);

  // Notes of every asset that is up to date that it has read its inputs as they are now: earlier snapshots may go. One
  // that is not is computed in full by the next run if they do. `held` is what HoldRuns() gave.
  void MarkRead(const core::Principal& principal, const std::unique_lock<std::mutex>& held);

  // Keeps runs away while it is held: for what rewrites the assets' tables itself.
  std::unique_lock<std::mutex> HoldRuns() { return std::unique_lock(mutex_); }

 private:
  Inspection InspectHeld(const core::Principal& principal);

  RunnerParts parts_;
  RunnerSettings settings_;
  std::mutex mutex_;
};

}  // namespace pluginlake::orchestration
