// Writes the account of a run as JSON and as text.
#include "app/run_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "app/output/figures.h"

namespace pluginlake::app {
namespace {

using Json = nlohmann::ordered_json;
using assets::CheckResult;
using orchestration::AssetResult;
using orchestration::AssetStatus;
using orchestration::RunMode;
using orchestration::RunResult;

const char* NameOfSeverity(const CheckResult& check) {
  return check.severity == assets::Severity::kError ? "error" : "warn";
}

Json ChecksJson(const AssetResult& asset) {
  Json checks = Json::array();
  for (const CheckResult& check : asset.checks) {
    Json json{{"name", check.name},
              {"severity", NameOfSeverity(check)},
              {"passed", check.passed()},
              {"violated_rows", check.violated_rows},
              {"rows", check.rows_looked_at}};
    if (!check.error.empty()) {
      json["error"] = check.error;
    }
    checks.push_back(std::move(json));
  }
  return checks;
}

Json AssetJson(const AssetResult& asset) {
  Json json{{"key", asset.key},
            {"status", NameOf(asset.status)},
            {"mode", NameOf(asset.mode)},
            {"keys", asset.keys ? Json(*asset.keys) : Json(nullptr)},
            {"rows", asset.rows},
            {"rows_changed", asset.rows_changed},
            {"snapshot_id", asset.snapshot_id ? Json(*asset.snapshot_id) : Json(nullptr)},
            {"duration_ms", asset.duration_ms},
            {"checks", ChecksJson(asset)},
            {"reasons", asset.reasons}};
  if (!asset.message.empty()) {
    json["message"] = asset.message;
  }
  return json;
}

Json ProblemsJson(const RunResult& result) {
  Json problems = Json::array();
  for (const assets::Problem& problem : result.problems) {
    problems.push_back({{"place", problem.place}, {"message", problem.what}, {"hint", problem.hint}});
  }
  return problems;
}

std::string Reasons(const AssetResult& asset) {
  constexpr std::size_t kShownMax = 3;
  std::string text;
  for (std::size_t i = 0; i < asset.reasons.size() && i < kShownMax; ++i) {
    text += (text.empty() ? "" : ", ") + asset.reasons[i];
  }
  return asset.reasons.size() > kShownMax ? fmt::format("{} and {} more", text, asset.reasons.size() - kShownMax)
                                          : text;
}

std::string ProblemText(const RunResult& result) {
  std::string text;
  for (const assets::Problem& problem : result.problems) {
    text += fmt::format("refused: {}: {}\n  fix: {}\n", problem.place, problem.what, problem.hint);
  }
  return text;
}

std::string CheckText(const AssetResult& asset) {
  std::string text;
  for (const CheckResult& check : asset.checks) {
    if (!check.passed()) {
      text += fmt::format(
          "    check {} ({}): {}\n", check.name, NameOfSeverity(check),
          check.error.empty() ? fmt::format("{} of {} rows", check.violated_rows, check.rows_looked_at) : check.error);
    }
  }
  return text;
}

}  // namespace

std::string RunJson(const RunResult& result, bool dry) {
  Json json{{"run_id", dry ? Json(nullptr) : Json(result.run_id)},
            {"status", dry               ? "planned"
                       : result.failed() ? "partial"
                                         : "done"},
            {"assets", Json::array()}};
  for (const AssetResult& asset : result.assets) {
    json["assets"].push_back(AssetJson(asset));
  }
  json["problems"] = ProblemsJson(result);
  json["snapshot_ids"] = result.snapshot_ids;
  json["waves"] = result.waves;
  json["commit_ms"] = result.commit_ms;
  json["commit_cpu_ms"] = result.commit_cpu_ms;
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string RunText(const RunResult& result, bool verbose) {
  std::string text = fmt::format("run {}\n", result.run_id);
  std::map<AssetStatus, std::size_t> counts;
  for (const AssetResult& asset : result.assets) {
    ++counts[asset.status];
    if (asset.status == AssetStatus::kSkipped && !verbose) {
      continue;
    }
    text += fmt::format("  {:<34} {:<10} {:<12} {:>12} rows {:>12} changed {:>8} ms\n", asset.key, NameOf(asset.status),
                        NameOf(asset.mode), Grouped(static_cast<std::uint64_t>(asset.rows)),
                        Grouped(static_cast<std::uint64_t>(asset.rows_changed)), asset.duration_ms);
    if (!asset.message.empty()) {
      text += fmt::format("    {}\n", asset.message);
    }
    text += CheckText(asset);
  }
  text += ProblemText(result);
  text += fmt::format("{} done, {} unchanged, {} skipped, {} failed, {} blocked\n", counts[AssetStatus::kDone],
                      counts[AssetStatus::kUnchanged], counts[AssetStatus::kSkipped], counts[AssetStatus::kFailed],
                      counts[AssetStatus::kBlocked]);
  if (result.snapshot_ids.empty()) {
    return text + "nothing new: no snapshot\n";
  }
  std::string ids;
  for (std::int64_t id : result.snapshot_ids) {
    ids += fmt::format("{}{}", ids.empty() ? "" : ", ", id);
  }
  return text + fmt::format("snapshot {}, committed in {} ms\n", ids, result.commit_ms);
}

std::string TextOfPlan(const RunResult& result) {
  std::string text;
  std::size_t stale = 0;
  for (const AssetResult& asset : result.assets) {
    if (asset.mode != RunMode::kSkipped) {
      ++stale;
      const std::string keys =
          asset.keys ? fmt::format(" ({} keys)", Grouped(static_cast<std::uint64_t>(*asset.keys))) : "";
      text += fmt::format("  {:<34} {:<12} {}{}\n", asset.key, NameOf(asset.mode), Reasons(asset), keys);
    }
  }
  text += ProblemText(result);
  return text + fmt::format("{} of {} assets are stale\n", stale, result.assets.size());
}

}  // namespace pluginlake::app
