// Shows the assets: all in a table, one in full, or who reads whom.
#include "app/verbs/assets.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/output/figures.h"
#include "app/output/terminal.h"
#include "app/station.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/nearest_name.h"
#include "pluginlake/orchestration/runner.h"

namespace pluginlake::app {
namespace {

using Json = nlohmann::ordered_json;
using orchestration::InspectedAsset;
using orchestration::Inspection;
using orchestration::RunMode;

constexpr int kExitPartial = 8;

const char* NameOf(assets::Keep keep) {
  switch (keep) {
    case assets::Keep::kTable:
      return "table";
    case assets::Keep::kStaged:
      return "staged";
    case assets::Keep::kInline:
      return "inline";
  }
  return "";
}

const char* StateOf(const InspectedAsset& asset) {
  if (asset.asset.keep != assets::Keep::kTable) {
    return "part";
  }
  return !asset.facts ? "never built" : asset.plan.mode == RunMode::kSkipped ? "fresh" : "stale";
}

Json JsonOf(const InspectedAsset& asset) {
  return {{"key", asset.asset.key},
          {"table", asset.asset.table().text()},
          {"state", StateOf(asset)},
          {"kind", asset.asset.is_view() ? "view" : "sql"},
          {"keep", NameOf(asset.asset.keep)},
          {"description", asset.asset.description},
          {"owner", asset.asset.owner},
          {"origin", asset.asset.origin},
          {"key_column", asset.asset.key_column},
          {"reads", asset.reads},
          {"read_by", asset.read_by},
          {"tags", asset.asset.tags},
          {"rows", asset.facts ? Json(asset.facts->rows) : Json(nullptr)},
          {"snapshot_id", asset.facts ? Json(asset.facts->snapshot_id) : Json(nullptr)},
          {"run_id", asset.facts ? Json(asset.facts->run_id) : Json(nullptr)},
          {"fingerprint", asset.facts ? Json(asset.facts->fingerprint) : Json(nullptr)},
          {"reasons", asset.plan.reasons}};
}

Json ProblemsJson(const Inspection& inspection) {
  Json problems = Json::array();
  for (const assets::Problem& problem : inspection.problems) {
    problems.push_back({{"place", problem.place}, {"message", problem.what}, {"hint", problem.hint}});
  }
  return problems;
}

void TellProblems(const Inspection& inspection, Console& console) {
  for (const assets::Problem& problem : inspection.problems) {
    console.Err(fmt::format("refused: {}: {}\n  fix: {}\n", problem.place, problem.what, problem.hint));
  }
}

std::string Joined(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) {
    joined += (joined.empty() ? "" : " ") + text;
  }
  return joined;
}

class AssetsList final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "assets list",
            .help = "Lists the assets: what there is, and whether it is fresh",
            .examples = {"pluginlake assets list", "pluginlake assets list --json"},
            .under_role = UnderRole::kMetadata};
  }
  void AddOptions(CLI::App&) override {}

  int Run(const VerbContext& context) override {
    const Inspection inspection = context.host.station().runner().Inspect(context.principal);
    const int exit_code = inspection.problems.empty() ? 0 : kExitPartial;
    if (context.flags.json) {
      Json items = Json::array();
      for (const InspectedAsset& asset : inspection.assets) {
        items.push_back(JsonOf(asset));
      }
      PrintJson(context.console, Json{{"assets", items}, {"problems", ProblemsJson(inspection)}}.dump());
      return exit_code;
    }
    std::vector<TableRow> rows;
    for (const InspectedAsset& asset : inspection.assets) {
      rows.push_back({{asset.asset.key},
                      {StateOf(asset)},
                      {asset.facts ? Grouped(static_cast<std::uint64_t>(asset.facts->rows)) : "", !asset.facts},
                      {asset.facts ? std::to_string(asset.facts->snapshot_id) : "", !asset.facts},
                      {asset.asset.description}});
    }
    context.console.Out(
        TableText({{"key"}, {"state"}, {"rows", true}, {"snapshot", true}, {"what"}}, rows, StdoutStyle(context)));
    TellProblems(inspection, context.console);
    return exit_code;
  }
};

class AssetsShow final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "assets show",
            .help = "Shows one asset: what it is, what it reads, how it stands",
            .examples = {"pluginlake assets show omop/person"},
            .under_role = UnderRole::kMetadata};
  }
  void AddOptions(CLI::App& app) override { app.add_option("KEY", key_, "For example omop/person")->required(); }

  int Run(const VerbContext& context) override {
    const Inspection inspection = context.host.station().runner().Inspect(context.principal);
    const InspectedAsset& found = Find(inspection);
    if (context.flags.json) {
      Json json = JsonOf(found);
      json["definition"] = found.asset.is_view() ? found.asset.view : found.asset.sql;
      PrintJson(context.console, json.dump());
      return 0;
    }
    std::string text = fmt::format("{}\n  {}\n", found.asset.key, found.asset.description);
    const auto line = [&text](std::string_view name, const std::string& value) {
      if (!value.empty()) {
        text += fmt::format("  {:<12} {}\n", name, value);
      }
    };
    line("state", StateOf(found));
    line("stale by", Joined(found.plan.reasons));
    line("table", found.asset.table().text());
    line("key", found.asset.key_column);
    line("declared in", found.asset.origin);
    line("reads", Joined(found.reads));
    line("read by", Joined(found.read_by));
    if (found.facts) {
      line("rows", Grouped(static_cast<std::uint64_t>(found.facts->rows)));
      line("snapshot", std::to_string(found.facts->snapshot_id));
      line("run", found.facts->run_id);
    }
    context.console.Out(text + "\n" + (found.asset.is_view() ? found.asset.view : found.asset.sql) + "\n");
    return 0;
  }

 private:
  const InspectedAsset& Find(const Inspection& inspection) const {
    std::vector<std::string> keys;
    for (const InspectedAsset& asset : inspection.assets) {
      if (asset.asset.key == key_) {
        return asset;
      }
      keys.push_back(asset.asset.key);
    }
    const auto nearest = core::NearestName(key_, keys);
    throw core::Error(core::ErrorKind::kNotFound, "PL-0240", fmt::format("No asset of this key: {}", key_),
                      nearest ? fmt::format("Did you mean {}?", *nearest) : "'pluginlake assets list' names all.");
  }

  std::string key_;
};

class AssetsGraph final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "assets graph",
            .help = "Prints who reads whom, as lines or as a Graphviz graph",
            .examples = {"pluginlake assets graph", "pluginlake assets graph --format dot | dot -Tsvg > assets.svg"},
            .under_role = UnderRole::kMetadata};
  }
  void AddOptions(CLI::App& app) override {
    app.add_option("--format", format_, "text or dot")->check(CLI::IsMember({"text", "dot"}))->default_str("text");
  }

  int Run(const VerbContext& context) override {
    const Inspection inspection = context.host.station().runner().Inspect(context.principal);
    Json edges = Json::array();
    std::string text = format_ == "dot" ? "digraph assets {\n  rankdir=LR;\n" : "";
    for (const InspectedAsset& asset : inspection.assets) {
      for (const std::string& input : asset.reads) {
        edges.push_back({{"from", input}, {"to", asset.asset.key}});
        text += format_ == "dot" ? fmt::format("  \"{}\" -> \"{}\";\n", input, asset.asset.key)
                                 : fmt::format("{} -> {}\n", input, asset.asset.key);
      }
    }
    text += format_ == "dot" ? "}\n" : "";
    if (context.flags.json) {
      PrintJson(context.console, Json{{"edges", edges}}.dump());
    } else {
      context.console.Out(text);
    }
    return 0;
  }

 private:
  std::string format_ = "text";
};

}  // namespace

std::unique_ptr<Verb> MakeAssetsList() { return std::make_unique<AssetsList>(); }
std::unique_ptr<Verb> MakeAssetsShow() { return std::make_unique<AssetsShow>(); }
std::unique_ptr<Verb> MakeAssetsGraph() { return std::make_unique<AssetsGraph>(); }

}  // namespace pluginlake::app
