// The end of a wave: checks, the commit, and what the run knows afterwards.
#include <fmt/format.h>

#include <algorithm>

#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/orchestration/run_session.h"
#include "pluginlake/state/store.h"

namespace pluginlake::orchestration {
namespace {

using assets::Asset;
using assets::TableName;

bool Reads(const Asset& asset, const std::set<std::string>& tables) {
  return std::ranges::any_of(asset.checks, [&](const assets::Check& check) {
    return std::ranges::any_of(check.inputs, [&](const TableName& input) { return tables.contains(input.text()); });
  });
}

}  // namespace

void RunSession::FinishWave() {
  if (wave_.empty()) {
    return;
  }
  CheckCancelled();
  const std::vector<assets::CheckResult> failures = CheckWave();
  const std::optional<std::int64_t> snapshot = CommitTimed(failures);
  ++result_.waves;
  Tell("run.wave", snapshot ? fmt::format("{} assets, snapshot {}", wave_.size(), *snapshot)
                            : fmt::format("{} assets, nothing differs", wave_.size()));
  if (snapshot) {
    result_.snapshot_ids.push_back(*snapshot);
    parts_.progress.Committed(*snapshot, "run " + result_.run_id);
    committed_ = snapshot;
    Remember(*snapshot);
  } else {
    for (const WaveItem& item : wave_) {
      NoteMoved(*item.asset, item.sources);
    }
  }
  wave_.clear();
  wave_watch_ = core::Stopwatch();
}

std::optional<std::int64_t> RunSession::CommitTimed(const std::vector<assets::CheckResult>& failures) {
  const core::Stopwatch watch;
  const WaveContext context{parts_.principal, parts_.request, *graph_, relations_, parts_.parts.writer};
  CommitFailures(context, failures);
  const std::optional<std::int64_t> snapshot = CommitWave(context, wave_, result_.assets);
  result_.commit_ms += watch.wall_ms();
  result_.commit_cpu_ms += watch.cpu_ms();
  return snapshot;
}

// Runs the checks of all items; what is refused is taken out with what hangs on it, and checks that looked at it run
// again against what stands. Returns the results of the refused.
std::vector<assets::CheckResult> RunSession::CheckWave() {
  std::vector<assets::CheckResult> failures;
  std::set<std::string> to_check;
  for (const WaveItem& item : wave_) {
    to_check.insert(item.asset->key);
  }
  while (!to_check.empty()) {
    std::set<std::string> refused;
    for (const WaveItem& item : wave_) {
      if (!to_check.contains(item.asset->key) || item.computed.standing == assets::Standing::kStands) {
        continue;
      }
      AssetResult& result = result_.assets[item.result];
      result.checks = assets::RunChecks(*item.asset, item.by_keys, relations_, *compute_);
      if (std::ranges::any_of(result.checks, &assets::CheckResult::refuses)) {
        refused.insert(item.asset->key);
        failures.insert(failures.end(), result.checks.begin(), result.checks.end());
      }
    }
    const std::set<std::string> dropped = Drop(refused);
    to_check.clear();
    for (const WaveItem& item : wave_) {
      if (Reads(*item.asset, dropped)) {
        to_check.insert(item.asset->key);
      }
    }
  }
  return failures;
}

std::set<std::string> RunSession::Drop(const std::set<std::string>& refused) {
  std::set<std::string> dropped;
  std::vector<WaveItem> kept;
  for (const WaveItem& item : wave_) {
    AssetResult& result = result_.assets[item.result];
    const TableName table = item.asset->table();
    if (refused.contains(item.asset->key)) {
      result.status = AssetStatus::kFailed;
      result.message = "refused by a check";
      Tell("asset.refused", item.asset->key);
      bad_.insert(table.text());
    } else if (!IsBlocked(*item.asset, result)) {
      kept.push_back(item);
      continue;
    }
    relations_.Forget(table);
    dropped.insert(table.text());
  }
  wave_ = std::move(kept);
  if (!dropped.empty()) {
    compute_->ForgetStaged();
  }
  return dropped;
}

void RunSession::Tell(const std::string& kind, const std::string& message) {
  parts_.parts.store.AppendEvent({.kind = kind, .run_id = result_.run_id, .message = message});
}

void RunSession::NoteMoved(const Asset& asset, const std::vector<TableName>& inputs) {
  for (const TableName& input : inputs) {
    moved_.push_back({asset.key, assets::KeyOf(input), relations_.snapshot_id()});
  }
}

void RunSession::MoveCursors() {
  for (const MovedCursor& moved : moved_) {
    parts_.parts.store.PutCursor(
        {.consumer = moved.asset, .asset = moved.input, .snapshot_id = moved.snapshot_id, .updated_at = 0});
  }
}

// Keeps what a commit says of its own assets.
void RunSession::Remember(std::int64_t snapshot_id) {
  for (const WaveItem& item : wave_) {
    const AssetResult& result = result_.assets[item.result];
    CommittedAsset asset{.key = item.asset->key,
                         .facts = {.run_id = result_.run_id,
                                   .fingerprint = item.fingerprint,
                                   .mode = NameOf(result.mode),
                                   .snapshot_id = snapshot_id,
                                   .rows = result.rows,
                                   .cursors = CursorsOf(item, relations_, snapshot_id)}};
    if (item.computed.new_shape) {
      const TableName name = item.asset->table();
      schemas::Table& table = asset.made_table.emplace(schemas::Table{.schema = name.schema, .name = name.table});
      for (const duck::Column& column : workbench_.ColumnsOf(name)) {
        table.fields.push_back({.name = column.name, .type = column.type});
      }
    }
    committed_assets_.push_back(std::move(asset));
  }
}

// Done when more assets come after a commit, and not before: reading what the lake knows costs as much as a small
// asset.
void RunSession::CatchUp() {
  if (!committed_) {
    return;
  }
  catalog::Lake& lake = parts_.parts.lake;
  if (!AddCommit(lake, *committed_, std::move(committed_assets_), facts_)) {
    facts_ = ReadLakeFacts(lake, parts_.parts.store);
  }
  committed_.reset();
  committed_assets_.clear();
  changes_->SetLakeChanges(facts_.changes);
  relations_.Repin(facts_.tables, facts_.changes.newest_snapshot);
  compute_->ForgetStaged();
}

}  // namespace pluginlake::orchestration
