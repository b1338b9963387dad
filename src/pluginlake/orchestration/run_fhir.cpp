// The part of a run that makes the fhir.* tables.
#include <algorithm>

#include "pluginlake/core/error.h"
#include "pluginlake/orchestration/run_session.h"

namespace pluginlake::orchestration {
namespace {

using assets::Asset;

std::string TypeOf(const Asset& asset) { return fhir::View::Compile(asset.view)->resource_type(); }

// The index and the views say together which resources stand and which no view could take.
void JoinIndex(std::vector<assets::FhirRequest>& requests) {
  const bool any_full = std::ranges::any_of(requests, [](const assets::FhirRequest& each) { return !each.cursor; });
  for (assets::FhirRequest& request : requests) {
    if (any_full && request.asset->table() == assets::ResourceIndex()) {
      request.cursor.reset();
    }
  }
}

}  // namespace

RunSession::Decision RunSession::DecideFhir(const Asset& asset) {
  if (const std::optional<std::string> reason = FullReason(asset)) {
    return {.mode = RunMode::kFull, .reasons = {*reason}};
  }
  const Cursors& cursors = FactsOf(asset)->cursors;
  const auto cursor = cursors.find(assets::RawResources());
  const Moved moved =
      cursor == cursors.end() ? Moved::kUnknown : changes_->HasMoved(assets::RawResources(), cursor->second);
  if (moved == Moved::kNever) {
    return {};
  }
  Decision decision{.mode = RunMode::kFull, .reasons = {"data: raw/fhir_resource"}};
  if (moved == Moved::kSince) {
    decision.mode = RunMode::kIncremental;
    if (asset.is_view() && !TypesSince(cursor->second).contains(TypeOf(asset))) {
      return {.moved = {assets::RawResources()}};
    }
  }
  return decision;
}

const std::set<std::string>& RunSession::TypesSince(std::int64_t cursor) {
  const auto [types, is_new] = changed_types_.try_emplace(cursor);
  if (is_new) {
    types->second = assets::FhirStep::ChangedTypes(relations_, cursor);
  }
  return types->second;
}

void RunSession::StepFhir() {
  std::vector<assets::FhirRequest> requests;
  std::map<std::string, std::size_t> places;
  const core::Stopwatch watch;
  for (std::size_t i = 0; i < selected_.size(); ++i) {
    const Asset& asset = *selected_[i];
    if (!assets::FhirStep::Takes(asset)) {
      continue;
    }
    AssetResult& result = result_.assets[i];
    const Decision decision = DecideFhir(asset);
    Note(decision, result);
    result.rows = FactsOf(asset) == nullptr ? 0 : FactsOf(asset)->rows;
    if (decision.mode == RunMode::kSkipped) {
      NoteMoved(asset, decision.moved);
      continue;
    }
    places[asset.key] = i;
    requests.push_back({&asset, decision.mode == RunMode::kFull ? std::optional<std::int64_t>()
                                                                : FactsOf(asset)->cursors.at(assets::RawResources())});
  }
  if (requests.empty()) {
    return;
  }
  JoinIndex(requests);
  assets::FhirStep step(relations_, *compute_, {.threads = parts_.settings.threads}, parts_.progress,
                        parts_.cancellation);
  try {
    const assets::FhirOutcome outcome = step.Run(requests);
    const std::int64_t millis = watch.wall_ms();
    for (const auto& [key, computed] : outcome.computed) {
      result_.assets[places.at(key)].duration_ms = millis;
      AddItem(*selected_[places.at(key)], computed, places.at(key));
    }
    for (const auto& [key, read] : outcome.read) {
      result_.assets[places.at(key)].keys = read;
    }
    for (const auto& [key, remark] : outcome.remarks) {
      result_.assets[places.at(key)].message = remark;
    }
  } catch (const core::Error& error) {  // the edge of a run step
    for (const auto& [key, place] : places) {
      relations_.Forget(selected_[place]->table());
      Fail(place, error.what());
    }
  }
}

}  // namespace pluginlake::orchestration
