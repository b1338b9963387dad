// Writes the account of an ingest as JSON and as text.
#include "app/ingest_answer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>

namespace pluginlake::app {
namespace {

using Json = nlohmann::ordered_json;

void AddCounts(Json& json, const sources::Counts& counts) {
  json["received"] = counts.received;
  json["stored"] = counts.stored;
  json["unchanged"] = counts.unchanged;
  json["superseded"] = counts.superseded;
  json["deleted"] = counts.deleted;
  json["quarantined"] = counts.quarantined;
}

Json FilesJson(const sources::IngestResult& result) {
  Json files = Json::array();
  for (const sources::FileResult& file : result.files) {
    Json json{{"source", file.source}};
    AddCounts(json, file.counts);
    if (!file.error.empty()) {
      json["error"] = file.error;
    }
    files.push_back(std::move(json));
  }
  return files;
}

Json SkippedJson(const std::vector<sources::SkippedInput>& skipped) {
  Json json = Json::array();
  for (const sources::SkippedInput& input : skipped) {
    json.push_back({{"source", input.shown}, {"reason", input.reason}});
  }
  return json;
}

// 1234567 -> "1,234,567".
std::string Grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) {
    digits.insert(at - 3, ",");
  }
  return digits;
}

std::string CountsLine(std::string_view name, const sources::Counts& counts) {
  return fmt::format("{:<28}{:>12} {:>12} {:>12} {:>12} {:>12} {:>12}\n", name, Grouped(counts.received),
                     Grouped(counts.stored), Grouped(counts.unchanged), Grouped(counts.superseded),
                     Grouped(counts.deleted), Grouped(counts.quarantined));
}

std::string ProblemLines(const sources::IngestResult& result) {
  constexpr std::size_t kShownMax = 10;
  std::string text;
  const std::size_t shown = std::min(result.problems.size(), kShownMax);
  for (std::size_t i = 0; i < shown; ++i) {
    const sources::Problem& problem = result.problems[i];
    text += fmt::format("  {}:{}  {}  {}\n", problem.source, problem.line, problem.reason_code, problem.message);
  }
  if (result.counts.quarantined > shown) {
    text += fmt::format("  and {} more: pluginlake quarantine list --batch {}\n",
                        Grouped(result.counts.quarantined - shown), result.batch_id);
  }
  return text;
}

}  // namespace

std::string IngestJson(const sources::IngestResult& result) {
  Json json{{"batch_id", result.batch_id}};
  AddCounts(json, result.counts);
  json["snapshot_id"] = result.snapshot_id ? Json(*result.snapshot_id) : Json(nullptr);
  json["references_resolved_later"] = result.references_resolved_later;
  json["committed"] = !result.refused;
  Json problems = Json::array();
  for (const sources::Problem& problem : result.problems) {
    problems.push_back({{"source", problem.source},
                        {"line", problem.line},
                        {"reason_code", problem.reason_code},
                        {"message", problem.message}});
  }
  json["problems"] = std::move(problems);
  json["files"] = FilesJson(result);
  json["types"] = Json::object();
  for (const auto& [type, counts] : result.types) {
    AddCounts(json["types"][type], counts);
  }
  json["skipped"] = SkippedJson(result.skipped);
  json["notes"] = SkippedJson(result.notes);
  return json.dump(2, ' ', false, Json::error_handler_t::replace);
}

std::string IngestText(const sources::IngestResult& result, bool by_type) {
  std::string text = fmt::format("batch {}\n", result.batch_id);
  text += fmt::format("{:<28}{:>12} {:>12} {:>12} {:>12} {:>12} {:>12}\n", "", "received", "stored", "unchanged",
                      "superseded", "deleted", "quarantined");
  if (by_type) {
    for (const auto& [type, counts] : result.types) {
      text += CountsLine(type, counts);
    }
  }
  text += CountsLine(fmt::format("{} files", result.files.size()), result.counts);
  text += ProblemLines(result);
  for (const sources::FileResult& file : result.files) {
    if (!file.error.empty()) {
      text += fmt::format("  {}: not read: {}\n", file.source, file.error);
    }
  }
  if (result.references_resolved_later > 0) {
    text += fmt::format("{} earlier versions found a reference they waited for\n",
                        Grouped(result.references_resolved_later));
  }
  if (result.refused) {
    return text + "nothing was committed (--strict)\n";
  }
  return text + (result.snapshot_id ? fmt::format("snapshot {}\n", *result.snapshot_id)
                                    : std::string("nothing new: no snapshot\n"));
}

}  // namespace pluginlake::app
