// Goes through the assets in order: decide, compute, and commit when a wave is full.
#include "pluginlake/orchestration/run_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/duck/cancel_watch.h"
#include "pluginlake/orchestration/fingerprint.h"
#include "pluginlake/state/store.h"

namespace pluginlake::orchestration {
namespace {

using assets::Asset;
using assets::Incremental;
using assets::TableName;

// Raised when the program itself makes other rows of the same declarations.
constexpr const char* kEngine = "pluginlake-assets-1";

std::map<std::string, std::string> WithRun(std::map<std::string, std::string> variables, const std::string& run_id) {
  variables["run_id"] = run_id;
  return variables;
}

// DuckDB puts values it cannot convert between single quotes: a patient's data has no place in a record of a run.
std::string WithoutValues(const std::string& message) {
  std::string text;
  bool within = false;
  for (char c : message) {
    if (c == '\'') {
      text += within ? "" : "'…'";
      within = !within;
    } else if (!within) {
      text += c;
    }
  }
  return text;
}

}  // namespace

RunSession::RunSession(const SessionParts& parts)
    : parts_(parts),
      facts_(ReadLakeFacts(parts.parts.lake, parts.parts.store)),
      workbench_(parts.parts.lake.database(), WithRun(parts.settings.variables, parts.request.run_id)),
      relations_(workbench_, parts.parts.lake.project(), facts_.tables, facts_.changes.newest_snapshot),
      bridge_(relations_) {
  std::vector<std::vector<assets::AssetFile>> packs = {assets::BuiltInFiles()};
  for (const std::string& folder : parts.settings.asset_folders) {
    packs.push_back(assets::FilesBelow(folder));
  }
  pack_ = assets::LoadAssets(workbench_.connection(), packs);
  graph_.emplace(pack_);
  fingerprints_ = Fingerprints(*graph_, parts.settings.variables, kEngine);
  changes_.emplace(*graph_, relations_, bridge_);
  changes_->SetLakeChanges(facts_.changes);
  compute_.emplace(*graph_, relations_, bridge_);
}

RunResult RunSession::Run() {
  result_.run_id = parts_.request.run_id;
  result_.problems = pack_.problems;
  result_.problems.insert(result_.problems.end(), graph_->problems().begin(), graph_->problems().end());
  const std::set<std::string> keys = graph_->Select(parts_.request.selection);
  for (const Asset* asset : graph_->order()) {
    if (keys.contains(asset->key)) {
      selected_.push_back(asset);
      result_.assets.push_back({.key = asset->key});
    }
  }
  if (parts_.request.dry_run) {
    Plan();
  } else {
    Execute();
  }
  return std::move(result_);
}

Inspection RunSession::Inspect() {
  const RunResult plan = Run();
  Inspection inspection{.problems = plan.problems, .snapshot_id = relations_.snapshot_id()};
  for (const Asset* asset : graph_->order()) {
    InspectedAsset inspected{.asset = *asset};
    if (const AssetFacts* facts = FactsOf(*asset)) {
      inspected.facts = *facts;
    }
    const auto result = std::ranges::find(plan.assets, asset->key, &AssetResult::key);
    inspected.plan = result == plan.assets.end() ? AssetResult{.key = asset->key} : *result;
    for (const TableName& input : asset->inputs) {
      const Asset* upstream = graph_->Find(input);
      inspected.reads.push_back(upstream == nullptr ? assets::KeyOf(input) : upstream->key);
    }
    for (const Asset* other : graph_->order()) {
      if (std::ranges::find(other->inputs, asset->table()) != other->inputs.end()) {
        inspected.read_by.push_back(other->key);
      }
    }
    inspection.assets.push_back(std::move(inspected));
  }
  return inspection;
}

const AssetFacts* RunSession::FactsOf(const Asset& asset) const {
  const auto found = facts_.assets.find(asset.key);
  return found == facts_.assets.end() ? nullptr : &found->second;
}

std::vector<TableName> RunSession::SourcesOf(const Asset& asset) const {
  const std::set<TableName>& sources = graph_->Sources(asset);
  return {sources.begin(), sources.end()};
}

std::optional<std::string> RunSession::FullReason(const Asset& asset) const {
  const AssetFacts* facts = FactsOf(asset);
  if (facts == nullptr || !relations_.Exists(asset.table())) {
    return "never built";
  }
  if (facts->fingerprint != fingerprints_.at(asset.key)) {
    return "code";
  }
  return parts_.request.full ? std::optional<std::string>("asked for") : std::nullopt;
}

RunSession::Decision RunSession::Decide(const Asset& asset) {
  if (const std::optional<std::string> reason = FullReason(asset)) {
    return {.mode = RunMode::kFull, .reasons = {*reason}};
  }
  if (asset.incremental == Incremental::kAppend) {
    return DecideAppend(asset);
  }
  const Change change = changes_->Find(asset, FactsOf(asset)->cursors);
  Decision decision;
  for (const TableName& input : change.inputs) {
    const bool is_vocabulary = input.schema == "vocab";
    decision.reasons.push_back(fmt::format("{}: {}", is_vocabulary ? "vocabulary" : "data", assets::KeyOf(input)));
  }
  if (change.none() || (!change.all && asset.incremental == Incremental::kByKey && change.keys.empty())) {
    decision.moved = change.inputs;
  } else if (change.all || asset.incremental != Incremental::kByKey) {
    decision.mode = RunMode::kFull;
  } else {
    decision.mode = RunMode::kIncremental;
    decision.keys = change.keys;
  }
  return decision;
}

// What stands is never touched: only new rows of the growing input count.
RunSession::Decision RunSession::DecideAppend(const Asset& asset) {
  const std::optional<TableName> growing = asset.growing_input();
  const Cursors& cursors = FactsOf(asset)->cursors;
  const auto cursor = growing ? cursors.find(*growing) : cursors.end();
  const Moved moved = cursor == cursors.end() ? Moved::kUnknown : changes_->HasMoved(*growing, cursor->second);
  if (moved == Moved::kNever) {
    return {};
  }
  Decision decision{.mode = RunMode::kFull, .reasons = {"data: " + (growing ? assets::KeyOf(*growing) : asset.key)}};
  if (moved == Moved::kSince) {
    decision.mode = RunMode::kIncremental;
    decision.append_cursor = cursor->second;
  }
  return decision;
}

void RunSession::Note(const Decision& decision, AssetResult& result) {
  result.mode = decision.mode;
  result.reasons = decision.reasons;
  if (decision.keys) {
    result.keys = decision.keys->count;
  }
}

// Says what would be computed, from what is known before: an asset hangs on what will change above it.
void RunSession::Plan() {
  std::set<TableName> stale;
  for (std::size_t i = 0; i < selected_.size(); ++i) {
    const Asset& asset = *selected_[i];
    AssetResult& result = result_.assets[i];
    const Decision decision = assets::FhirStep::Takes(asset) ? DecideFhir(asset) : Decide(asset);
    Note(decision, result);
    for (const TableName& source : graph_->Sources(asset)) {
      if (stale.contains(source)) {
        result.reasons.push_back("upstream: " + assets::KeyOf(source));
      }
    }
    if (result.mode == RunMode::kSkipped && !result.reasons.empty()) {
      result.mode = RunMode::kIncremental;
    }
    if (result.mode != RunMode::kSkipped) {
      stale.insert(asset.table());
    }
    const AssetFacts* facts = FactsOf(asset);
    result.rows = facts == nullptr ? 0 : facts->rows;
  }
}

void RunSession::Execute() {
  const duck::CancelWatch watch(workbench_.connection(), parts_.cancellation);
  wave_watch_ = core::Stopwatch();
  Tell("run.started", fmt::format("{} assets selected", selected_.size()));
  for (std::size_t i = 0; i < selected_.size(); ++i) {
    CheckCancelled();
    parts_.progress.Report(
        {.phase = "computing " + selected_[i]->key, .done = i, .total = selected_.size(), .unit = "assets"});
    CatchUp();
    Step(i);
    if (IsWaveFull()) {
      FinishWave();
    }
  }
  FinishWave();
  MoveCursors();
  Tell("run.ended", fmt::format("{} waves", result_.waves));
}

bool RunSession::IsWaveFull() const {
  return wave_.size() >= parts_.settings.wave_assets_max ||
         (!wave_.empty() && wave_watch_.wall_ms() >= parts_.settings.wave_ms_max);
}

void RunSession::CheckCancelled() const {
  if (parts_.cancellation.is_requested()) {
    throw core::Interrupted{};
  }
}

bool RunSession::IsBlocked(const Asset& asset, AssetResult& result) {
  for (const TableName& source : graph_->Sources(asset)) {
    if (bad_.contains(source.text())) {
      result.status = AssetStatus::kBlocked;
      result.message = "hangs on " + assets::KeyOf(source);
      bad_.insert(asset.table().text());
      return true;
    }
  }
  return false;
}

void RunSession::Step(std::size_t index) {
  const Asset& asset = *selected_[index];
  AssetResult& result = result_.assets[index];
  if (assets::FhirStep::Takes(asset)) {
    if (!fhir_done_) {
      fhir_done_ = true;
      StepFhir();
    }
    return;
  }
  result.rows = FactsOf(asset) == nullptr ? 0 : FactsOf(asset)->rows;
  if (IsBlocked(asset, result)) {
    return;
  }
  try {
    const Decision decision = Decide(asset);
    Note(decision, result);
    if (decision.mode != RunMode::kSkipped) {
      ComputeAsset(asset, decision, index);
    } else {
      NoteMoved(asset, decision.moved);
    }
  } catch (const core::Error& error) {  // the edge of a run step
    Fail(index, error.what());
  }
}

void RunSession::Fail(std::size_t index, const std::string& message) {
  AssetResult& result = result_.assets[index];
  result.status = AssetStatus::kFailed;
  result.message = WithoutValues(message);
  bad_.insert(selected_[index]->table().text());
  Tell("asset.failed", result.key + ": " + result.message);
}

void RunSession::ComputeAsset(const Asset& asset, const Decision& decision, std::size_t index) {
  const core::Stopwatch watch;
  const assets::Computed computed = TryCompute(asset, decision);
  result_.assets[index].duration_ms = watch.wall_ms();
  AddItem(asset, computed, index);
  core::FaultPoint("run.after_compute");
}

assets::Computed RunSession::TryCompute(const Asset& asset, const Decision& decision) {
  auto pause = std::chrono::milliseconds(parts_.settings.retry_pause_ms);
  for (std::uint32_t attempt = 0;; ++attempt) {
    try {
      return decision.append_cursor ? compute_->RunAppend(asset, *decision.append_cursor)
                                    : compute_->Run(asset, decision.keys);
    } catch (const core::Error& error) {  // the edge of a run step: what may go away is tried again
      if (error.kind() != core::ErrorKind::kUnavailable || attempt >= parts_.settings.retries_max) {
        throw;
      }
    }
    CheckCancelled();
    std::this_thread::sleep_for(pause);
    pause *= 2;
  }
}

void RunSession::AddItem(const Asset& asset, const assets::Computed& computed, std::size_t index) {
  AssetResult& result = result_.assets[index];
  const AssetFacts* facts = FactsOf(asset);
  const std::string& fingerprint = fingerprints_.at(asset.key);
  result.status = computed.standing == assets::Standing::kStands ? AssetStatus::kUnchanged : AssetStatus::kDone;
  result.rows = facts == nullptr ? 0 : facts->rows;
  wave_.push_back({.asset = &asset,
                   .computed = computed,
                   .result = index,
                   .by_keys = result.mode == RunMode::kIncremental,
                   .rows_before = facts == nullptr ? 0 : facts->rows,
                   .fingerprint = fingerprint,
                   .new_code = facts == nullptr || facts->fingerprint != fingerprint,
                   .sources = SourcesOf(asset)});
}

}  // namespace pluginlake::orchestration
