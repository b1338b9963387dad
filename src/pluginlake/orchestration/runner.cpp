// Keeps the state store's record of a run in step with what happens.
#include "pluginlake/orchestration/runner.h"

#include <algorithm>
#include <exception>
#include <nlohmann/json.hpp>

#include "pluginlake/core/cancel.h"
#include "pluginlake/core/clock.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/orchestration/run_session.h"
#include "pluginlake/state/store.h"

namespace pluginlake::orchestration {
namespace {

using nlohmann::json;

json ChecksJson(const std::vector<assets::CheckResult>& checks) {
  json list = json::array();
  for (const assets::CheckResult& check : checks) {
    list.push_back({{"name", check.name},
                    {"severity", check.severity == assets::Severity::kError ? "error" : "warn"},
                    {"passed", check.passed()},
                    {"violated_rows", check.violated_rows},
                    {"rows", check.rows_looked_at},
                    {"error", check.error}});
  }
  return list;
}

// What `runs show` tells of a run: skipped assets are counted only.
std::string DetailOf(const RunResult& result) {
  json assets = json::array();
  std::size_t skipped = 0;
  for (const AssetResult& asset : result.assets) {
    if (asset.status == AssetStatus::kSkipped) {
      ++skipped;
      continue;
    }
    assets.push_back({{"key", asset.key},
                      {"status", NameOf(asset.status)},
                      {"mode", NameOf(asset.mode)},
                      {"reasons", asset.reasons},
                      {"rows", asset.rows},
                      {"rows_changed", asset.rows_changed},
                      {"snapshot_id", asset.snapshot_id ? json(*asset.snapshot_id) : json(nullptr)},
                      {"duration_ms", asset.duration_ms},
                      {"checks", ChecksJson(asset.checks)},
                      {"message", asset.message}});
  }
  return json{{"assets", assets},
              {"skipped", skipped},
              {"waves", result.waves},
              {"commit_ms", result.commit_ms},
              {"commit_cpu_ms", result.commit_cpu_ms}}
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace

Runner::Runner(const RunnerParts& parts, RunnerSettings settings) : parts_(parts), settings_(std::move(settings)) {}

RunResult Runner::Run(const core::Principal& principal, const RunRequest& request, core::Progress& progress,
                      const core::Cancellation& cancellation) {
  const std::lock_guard lock(mutex_);
  const SessionParts session{parts_, settings_, principal, request, progress, cancellation};
  if (request.dry_run) {
    return RunSession(session).Run();
  }
  state::RunRecord record{.run_id = request.run_id,
                          .kind = "run",
                          .principal = principal.name,
                          .started_at = core::SystemClock().NowMicros()};
  parts_.store.PutRun(record);
  try {
    RunResult result = RunSession(session).Run();
    record.status = result.failed() ? state::Status::kFailed : state::Status::kDone;
    record.detail_json = DetailOf(result);
    if (!result.snapshot_ids.empty()) {
      record.snapshot_id = result.snapshot_ids.back();
    }
    record.finished_at = core::SystemClock().NowMicros();
    parts_.store.PutRun(record);
    return result;
  } catch (const core::Interrupted&) {  // the edge of a run: its record says how it ended
    record.status = state::Status::kInterrupted;
  } catch (const std::exception& error) {
    record.status = state::Status::kFailed;
    record.finished_at = core::SystemClock().NowMicros();
    record.detail_json = json{{"message", error.what()}}.dump(-1, ' ', false, json::error_handler_t::replace);
    parts_.store.PutRun(record);
    throw;
  }
  record.finished_at = core::SystemClock().NowMicros();
  parts_.store.PutRun(record);
  throw core::Interrupted{};
}

std::optional<std::int64_t> Runner::LowestCursor(const core::Principal& principal) {
  std::optional<std::int64_t> lowest;
  for (const InspectedAsset& asset : Inspect(principal).assets) {
    if (asset.facts) {
      for (const auto& [input, cursor] : asset.facts->cursors) {
        lowest = std::min(lowest.value_or(cursor), cursor);
      }
    }
  }
  return lowest;
}

Inspection Runner::Inspect(const core::Principal& principal) {
  const std::lock_guard lock(mutex_);
  return InspectHeld(principal);
}

void Runner::MarkRead(const core::Principal& principal, const std::unique_lock<std::mutex>& held) {
  PL_CHECK(held.owns_lock() && held.mutex() == &mutex_, "runs are not held");
  const Inspection inspection = InspectHeld(principal);
  for (const InspectedAsset& asset : inspection.assets) {
    if (asset.facts && asset.plan.reasons.empty()) {
      for (const auto& [input, cursor] : asset.facts->cursors) {
        parts_.store.PutCursor({.consumer = asset.asset.key,
                                .asset = assets::KeyOf(input),
                                .snapshot_id = inspection.snapshot_id,
                                .updated_at = 0});
      }
    }
  }
}

Inspection Runner::InspectHeld(const core::Principal& principal) {
  const RunRequest request{.dry_run = true};
  core::NoProgress progress;
  const core::Cancellation cancellation;
  return RunSession({parts_, settings_, principal, request, progress, cancellation}).Inspect();
}

}  // namespace pluginlake::orchestration
