// One run from its plan to its last wave. Private to orchestration/.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pluginlake/assets/compute.h"
#include "pluginlake/assets/fhir_step.h"
#include "pluginlake/core/stopwatch.h"
#include "pluginlake/orchestration/change_finder.h"
#include "pluginlake/orchestration/lake_facts.h"
#include "pluginlake/orchestration/runner.h"
#include "pluginlake/orchestration/wave.h"

namespace pluginlake::orchestration {

// What a session works with, all longer-lived.
struct SessionParts {
  const RunnerParts& parts;
  const RunnerSettings& settings;
  const core::Principal& principal;
  const RunRequest& request;
  core::Progress& progress;
  const core::Cancellation& cancellation;
};

class RunSession {
 public:
  explicit RunSession(const SessionParts& parts);
  RunResult Run();
  // Says what is known of every asset, and what a run would do.
  Inspection Inspect();

 private:
  // How an asset is to be computed.
  struct Decision {
    RunMode mode = RunMode::kSkipped;
    std::optional<assets::KeySet> keys;         // kIncremental, but for the FHIR step and what appends
    std::optional<std::int64_t> append_cursor;  // of an asset that appends
    std::vector<std::string> reasons;
    std::vector<assets::TableName> moved;  // inputs that changed without reaching its rows: their cursors move
  };

  // An input that changed without reaching the rows of an asset: read up to here.
  struct MovedCursor {
    std::string asset;
    std::string input;
    std::int64_t snapshot_id = 0;
  };

  void Plan();
  void Execute();
  void Step(std::size_t index);
  void StepFhir();
  const std::set<std::string>& TypesSince(std::int64_t cursor);
  Decision Decide(const assets::Asset& asset);
  static void Note(const Decision& decision, AssetResult& result);
  Decision DecideAppend(const assets::Asset& asset);
  Decision DecideFhir(const assets::Asset& asset);
  std::optional<std::string> FullReason(const assets::Asset& asset) const;
  bool IsBlocked(const assets::Asset& asset, AssetResult& result);
  void ComputeAsset(const assets::Asset& asset, const Decision& decision, std::size_t index);
  assets::Computed TryCompute(const assets::Asset& asset, const Decision& decision);
  void AddItem(const assets::Asset& asset, const assets::Computed& computed, std::size_t index);
  void Fail(std::size_t index, const std::string& message);
  void FinishWave();
  std::optional<std::int64_t> CommitTimed(const std::vector<assets::CheckResult>& failures);
  std::vector<assets::CheckResult> CheckWave();
  std::set<std::string> Drop(const std::set<std::string>& refused);
  void NoteMoved(const assets::Asset& asset, const std::vector<assets::TableName>& inputs);
  void MoveCursors();
  void Tell(const std::string& kind, const std::string& message);
  void Remember(std::int64_t snapshot_id);
  void CatchUp();
  bool IsWaveFull() const;
  void CheckCancelled() const;
  std::vector<assets::TableName> SourcesOf(const assets::Asset& asset) const;
  const AssetFacts* FactsOf(const assets::Asset& asset) const;

  SessionParts parts_;
  assets::AssetPack pack_;
  std::optional<assets::Graph> graph_;
  std::map<std::string, std::string> fingerprints_;
  LakeFacts facts_;
  assets::Workbench workbench_;
  assets::Relations relations_;
  assets::KeyBridge bridge_;
  std::optional<ChangeFinder> changes_;
  std::optional<assets::Compute> compute_;
  std::vector<const assets::Asset*> selected_;
  RunResult result_;
  bool fhir_done_ = false;
  std::map<std::int64_t, std::set<std::string>> changed_types_;  // by cursor
  std::vector<WaveItem> wave_;
  std::vector<MovedCursor> moved_;
  std::optional<std::int64_t> committed_;  // the last wave's snapshot, while what is known here is older
  std::vector<CommittedAsset> committed_assets_;
  std::set<std::string> bad_;   // failed or blocked
  core::Stopwatch wave_watch_;  // since the wave began
};

}  // namespace pluginlake::orchestration
