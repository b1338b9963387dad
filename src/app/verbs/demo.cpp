// Makes a station with synthetic patients, takes them in, and tells what happened.
#include "app/verbs/demo.h"

#include <CLI/CLI.hpp>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/demo/demo_station.h"
#include "app/demo/inbox.h"
#include "app/demo/story.h"
#include "app/demo/vocabulary.h"
#include "app/edge.h"
#include "app/ingest_answer.h"
#include "app/ingest_batch.h"
#include "app/invocation.h"
#include "app/lake_reader.h"
#include "app/output/terminal.h"
#include "app/owner.h"
#include "app/run_answer.h"
#include "app/run_assets.h"
#include "app/station.h"
#include "app/station_init.h"
#include "app/verb_settings.h"
#include "app/vocab_batch.h"
#include "pluginlake/catalog/reader.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

constexpr std::uint64_t kPatientsMax = 100'000;  // the numbers of persons are distinct up to so many

// Returns the settings of the person's environment, but a station that is a folder and nothing else.
core::Settings DemoSettings(const VerbContext& context) {
  core::Settings settings = LoadVerbSettings(context.invocation, context.flags, "").settings;
  settings.station = {};
  settings.postgres = {};
  return settings;
}

class Demo final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "demo",
            .help = "Make a station with synthetic Dutch patients, and tell what can be done with it",
            .examples = {"pluginlake demo", "pluginlake demo --patients 1000 --dir /tmp/demo"},
            .needs = Needs::kNothing,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("--patients", patients_, "How many patients to make up (default 100)")
        ->check(CLI::Range(std::uint64_t{1}, kPatientsMax))
        ->type_name("N");
    app.add_option("--dir", folder_, "The station's folder (default demo-station); a former demo there is replaced")
        ->type_name("DIR");
  }

  int Run(const VerbContext& context) override {
    const auto begun = std::chrono::steady_clock::now();
    demo::StoryFacts facts{
        .folder = AbsolutePath(context.invocation, folder_), .folder_shown = folder_, .patients = patients_};
    facts.folder = WithoutTrailingSlash(facts.folder);
    facts.folder_shown = WithoutTrailingSlash(facts.folder_shown);
    const core::Settings settings = DemoSettings(context);
    const demo::InboxSettings inbox{.directory = facts.folder + "/inbox", .patients = patients_};
    demo::ClearDemoFolder(facts.folder);
    InitStation({.folder = facts.folder, .settings = settings});
    demo::MarkDemoFolder(facts.folder, inbox);
    facts.inbox = demo::WriteInbox(inbox);
    demo::WriteVocabulary(facts.folder + "/vocabulary");
    const OwnedCommand command{context.invocation, "demo", facts.folder, settings, {}};
    const EdgeStyle edge{.json = context.flags.json,
                         .color = WantsColor(context.console, context.flags.no_color, false)};
    return RunOwned(
        command, context.console,
        [&](StationHost& host) {
          return RunAtEdge(context.console, edge, [&] {
            const VerbContext inside{context.invocation, context.flags,   settings,    context.principal,
                                     facts.folder,       context.console, context.log, host};
            LoadVocabulary(inside, facts);
            TakeIn(inside, facts);
            const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
            facts.seconds = taken.count();
            Answer(inside, facts);
            return 0;
          });
        },
        &RunVerb);
  }

 private:
  static std::string WithoutTrailingSlash(std::string path) {
    while (path.size() > 1 && path.ends_with('/')) {
      path.pop_back();
    }
    return path;
  }

  // --partial, since what is no whole release is never taken as one.
  static void LoadVocabulary(const VerbContext& context, const demo::StoryFacts& facts) {
    const omop::LoadResult result = RunVocabBatch(
        context, {.path = {.shown = "vocabulary", .absolute = facts.folder + "/vocabulary"}, .partial = true});
    PL_CHECK(!result.refused, "the demo's vocabulary was refused");
  }

  static void TakeIn(const VerbContext& context, demo::StoryFacts& facts) {
    // Named as a person in the station's folder would: ingesting the inbox again is then the same input.
    facts.ingest = RunIngestBatch(context, {.paths = {{.shown = "inbox", .absolute = facts.folder + "/inbox"}}});
    PL_CHECK(facts.ingest.counts.add_up(), "the counts of the demo's ingest do not add up");
    facts.run = RunAssets(context, {});
    PL_CHECK(!facts.run.failed(), "an asset of the demo's run failed");
    const auto reader = OpenReader(context, std::nullopt);
    duck::Connection connection = reader->Connect();
    demo::ReadStoryFacts(connection, facts);
  }

  static void Answer(const VerbContext& context, const demo::StoryFacts& facts) {
    if (context.flags.json) {
      PrintJson(context.console, Document(facts));
      return;
    }
    context.console.Out(demo::StoryText(facts, StdoutStyle(context)));
  }

  // As `run` answers, with the answer of `ingest` in it.
  static std::string Document(const demo::StoryFacts& facts) {
    using Json = nlohmann::ordered_json;
    Json document = {{"station", facts.folder}};
    document.update(Json::parse(RunJson(facts.run, false)));
    document["patients"] = facts.patients;
    document["ingest"] = Json::parse(IngestJson(facts.ingest));
    return document.dump();
  }

  std::uint64_t patients_ = 100;
  std::string folder_ = "demo-station";
};

}  // namespace

std::unique_ptr<Verb> MakeDemo() { return std::make_unique<Demo>(); }

}  // namespace pluginlake::app
