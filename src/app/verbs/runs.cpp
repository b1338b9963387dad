// Shows what ran: a list, one run with its assets and checks, its events.
#include "app/verbs/runs.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/output/terminal.h"
#include "app/station.h"
#include "pluginlake/core/clock.h"
#include "pluginlake/core/error.h"
#include "pluginlake/state/store.h"

namespace pluginlake::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::int64_t kShownMax = 50;

Json DetailOf(const state::RunRecord& run) {
  Json detail = Json::parse(run.detail_json.empty() ? "{}" : run.detail_json, nullptr, /*allow_exceptions=*/false);
  return detail.is_object() ? detail : Json::object();
}

Json JsonOf(const state::RunRecord& run) {
  return {{"run_id", run.run_id},
          {"kind", run.kind},
          {"status", NameOf(run.status)},
          {"principal", run.principal},
          {"started_at", core::FormatUtc(run.started_at)},
          {"finished_at", run.finished_at ? Json(core::FormatUtc(*run.finished_at)) : Json(nullptr)},
          {"snapshot_id", run.snapshot_id ? Json(*run.snapshot_id) : Json(nullptr)}};
}

// Returns the run of this id; empty = the newest.
state::RunRecord FindRun(const VerbContext& context, const std::string& run_id) {
  state::Store& store = context.host.station().store();
  if (run_id.empty()) {
    const std::vector<state::RunRecord> newest = store.Runs(1);
    if (newest.empty()) {
      throw core::Error(core::ErrorKind::kNotFound, "PL-0241", "There was no run yet", "Start one: pluginlake run");
    }
    return newest.front();
  }
  const std::optional<state::RunRecord> run = store.FindRun(run_id);
  if (!run) {
    throw core::Error(core::ErrorKind::kNotFound, "PL-0241", fmt::format("No run of this id: {}", run_id),
                      "'pluginlake runs list' names them.");
  }
  return *run;
}

class RunsList final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "runs list",
            .help = "Lists the runs, newest first",
            .examples = {"pluginlake runs list", "pluginlake runs list --json"},
            .under_role = UnderRole::kMetadata};
  }
  void AddOptions(CLI::App&) override {}

  int Run(const VerbContext& context) override {
    const std::vector<state::RunRecord> runs = context.host.station().store().Runs(kShownMax);
    Json items = Json::array();
    std::vector<TableRow> rows;
    for (const state::RunRecord& run : runs) {
      items.push_back(JsonOf(run));
      rows.push_back({{run.run_id},
                      {run.kind},
                      {NameOf(run.status)},
                      {core::FormatUtc(run.started_at).substr(0, 19)},
                      {run.snapshot_id ? std::to_string(*run.snapshot_id) : "", !run.snapshot_id}});
    }
    if (context.flags.json) {
      PrintJson(context.console, Json{{"runs", items}}.dump());
    } else {
      context.console.Out(TableText({{"run"}, {"kind"}, {"status"}, {"started (UTC)"}, {"snapshot", true}}, rows,
                                    StdoutStyle(context)));
    }
    return 0;
  }
};

class RunsShow final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "runs show",
            .help = "Shows one run: its assets, how each ended, the checks that did not pass",
            .examples = {"pluginlake runs show", "pluginlake runs show 01a20dc4-4d55-7000-86c8-c1cc84099b1d"},
            .under_role = UnderRole::kMetadata};
  }
  void AddOptions(CLI::App& app) override { app.add_option("ID", run_id_, "The run's id (default: the newest)"); }

  int Run(const VerbContext& context) override {
    const state::RunRecord run = FindRun(context, run_id_);
    Json json = JsonOf(run);
    json.update(DetailOf(run));
    if (context.flags.json) {
      PrintJson(context.console, json.dump());
      return 0;
    }
    std::string text = fmt::format("run {}  {}  {}\n", run.run_id, run.kind, NameOf(run.status));
    for (const Json& asset : json.value("assets", Json::array())) {
      text += fmt::format("  {:<34} {:<10} {}\n", asset.value("key", ""), asset.value("status", ""),
                          asset.value("message", ""));
      for (const Json& check : asset.value("checks", Json::array())) {
        if (!check.value("passed", true)) {
          text += fmt::format("    check {} ({}): {} of {} rows\n", check.value("name", ""),
                              check.value("severity", ""), check.value("violated_rows", 0), check.value("rows", 0));
        }
      }
    }
    if (json.contains("message")) {
      text += "  " + json.value("message", "") + "\n";
    }
    context.console.Out(text + fmt::format("{} skipped\n", json.value("skipped", 0)));
    return 0;
  }

 private:
  std::string run_id_;
};

class RunsLogs final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "runs logs",
            .help = "Prints the events of one run, in order",
            .examples = {"pluginlake runs logs", "pluginlake runs logs 01a20dc4-4d55-7000-86c8-c1cc84099b1d --json"},
            .under_role = UnderRole::kMetadata};
  }
  void AddOptions(CLI::App& app) override { app.add_option("ID", run_id_, "The run's id (default: the newest)"); }

  int Run(const VerbContext& context) override {
    const std::string run_id = FindRun(context, run_id_).run_id;
    constexpr std::int64_t kEventsMax = 10'000;
    Json items = Json::array();
    std::string text;
    for (const state::EventRecord& event : context.host.station().store().Events(run_id, 0, kEventsMax)) {
      items.push_back({{"at", core::FormatUtc(event.at)}, {"kind", event.kind}, {"message", event.message}});
      text += fmt::format("{}  {:<16} {}\n", core::FormatUtc(event.at), event.kind, event.message);
    }
    if (context.flags.json) {
      PrintJson(context.console, Json{{"events", items}}.dump());
    } else {
      context.console.Out(text);
    }
    return 0;
  }

 private:
  std::string run_id_;
};

}  // namespace

std::unique_ptr<Verb> MakeRunsList() { return std::make_unique<RunsList>(); }
std::unique_ptr<Verb> MakeRunsShow() { return std::make_unique<RunsShow>(); }
std::unique_ptr<Verb> MakeRunsLogs() { return std::make_unique<RunsLogs>(); }

}  // namespace pluginlake::app
