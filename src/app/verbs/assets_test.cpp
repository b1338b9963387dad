// Makes a lake in a temporary folder, loads the cases' vocabulary, and runs one case after the other.
#include "app/verbs/assets_test.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/backup/scratch_folder.h"
#include "app/console.h"
#include "app/invocation.h"
#include "app/room_settings.h"
#include "pluginlake/assets/trial.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/core/settings.h"
#include "pluginlake/core/version.h"
#include "pluginlake/omop/vocabulary_load.h"
#include "pluginlake/sources/ingest.h"

namespace pluginlake::app {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

constexpr int kExitFindings = 5;

core::Settings TrialSettings() {
  core::Settings settings;
  settings.station.name = "trial";
  settings.duck.threads = 1;
  settings.sources.threads = 1;
  return settings;
}

// A lake that lives as long as the trials.
class TrialLake {
 public:
  explicit TrialLake(const core::Principal& principal)
      : principal_(principal),
        folder_(fmt::format("{}/pluginlake-trial-{}", fs::temp_directory_path().string(), ::getpid())),
        settings_(TrialSettings()) {
    fs::create_directories(folder_.path() + "/tmp");
    const catalog::LakeSettings lake = LakeSettingsOf(folder_.path(), settings_);
    catalog::Lake::Create(lake);
    lake_ = std::make_unique<catalog::Lake>(lake);
    writer_ = std::make_unique<catalog::Writer>(*lake_);
    ingest_ = std::make_unique<sources::FhirIngest>(*lake_, *writer_, IngestSettingsOf(settings_));
  }

  void LoadVocabulary(const std::string& path) {
    core::NoProgress progress;
    const core::Cancellation cancellation;
    omop::VocabularyLoad load(*lake_, *writer_, VocabularySettingsOf(folder_.path(), settings_));
    load.Run(principal_,
             {.run_id = core::NewRunId(),
              .path = {.shown = path, .absolute = path},
              .partial = true,
              .program_version = core::kProgramVersion},
             progress, cancellation);
  }

  assets::AssetPack LoadPack(const std::string& own_folder) {
    duck::Connection connection = lake_->Connect();
    std::vector<std::vector<assets::AssetFile>> packs = {assets::BuiltInFiles()};
    if (!own_folder.empty()) {
      packs.push_back(assets::FilesBelow(own_folder));
    }
    return assets::LoadAssets(connection, packs);
  }

  assets::TrialParts PartsFor(const assets::AssetPack& pack) {
    return {*lake_, *writer_, *ingest_, pack, RunnerSettingsOf(folder_.path(), settings_).variables};
  }

 private:
  const core::Principal& principal_;
  ScratchFolder folder_;
  core::Settings settings_;
  std::unique_ptr<catalog::Lake> lake_;
  std::unique_ptr<catalog::Writer> writer_;
  std::unique_ptr<sources::FhirIngest> ingest_;
};

class AssetsTest final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "assets test",
            .help = "Tries assets on folders of input and expected rows; needs no station",
            .examples = {"pluginlake assets test golden/", "pluginlake assets test golden/ --vocab golden/vocab",
                         "pluginlake assets test cases/ --assets my-station/assets"},
            .needs = Needs::kNothing};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("FOLDER", folders_, "Folders of cases: in.ndjson or in.json, expected/<schema>.<table>.csv")
        ->required();
    app.add_option("--vocab", vocabulary_,
                   "Vocabulary of the cases, as Athena delivers; default: FOLDER/vocab if there");
    app.add_option("--assets", assets_, "A station's folder of assets, to try them too");
  }

  int Run(const VerbContext& context) override {
    TrialLake lake(context.principal);
    const std::string vocabulary = Vocabulary(context);
    if (!vocabulary.empty()) {
      lake.LoadVocabulary(vocabulary);
    }
    const assets::AssetPack pack = lake.LoadPack(assets_.empty() ? "" : AbsolutePath(context.invocation, assets_));
    const assets::TrialParts parts = lake.PartsFor(pack);
    Json cases = Json::array();
    std::size_t failed = 0;
    for (const std::string& folder : folders_) {
      for (const assets::TrialCase& trial : assets::FindTrials(AbsolutePath(context.invocation, folder))) {
        if (context.console.cancellation().is_requested()) {
          throw core::Interrupted{};
        }
        const assets::TrialResult result = assets::RunTrial(context.principal, parts, trial);
        failed += result.passed() ? 0U : 1U;
        cases.push_back({{"case", result.folder}, {"passed", result.passed()}, {"differences", result.differences}});
        if (!context.flags.json) {
          Tell(result, context.console);
        }
      }
    }
    return Close(context, cases, failed);
  }

 private:
  std::string Vocabulary(const VerbContext& context) const {
    if (!vocabulary_.empty()) {
      return AbsolutePath(context.invocation, vocabulary_);
    }
    const std::string beside = AbsolutePath(context.invocation, folders_.front()) + "/vocab";
    std::error_code ignored;
    return fs::is_directory(beside, ignored) ? beside : "";
  }

  static void Tell(const assets::TrialResult& result, Console& console) {
    std::string text = fmt::format("{} {}\n", result.passed() ? "ok  " : "FAIL", result.folder);
    for (const std::string& difference : result.differences) {
      text += fmt::format("     {}\n", difference);
    }
    console.Out(text);
  }

  static int Close(const VerbContext& context, const Json& cases, std::size_t failed) {
    if (context.flags.json) {
      PrintJson(context.console, Json{{"passed", cases.size() - failed}, {"failed", failed}, {"cases", cases}}.dump());
    } else {
      context.console.Out(fmt::format("{} passed, {} failed\n", cases.size() - failed, failed));
    }
    return failed == 0 ? 0 : kExitFindings;
  }

  std::vector<std::string> folders_;
  std::string vocabulary_;
  std::string assets_;
};

}  // namespace

std::unique_ptr<Verb> MakeAssetsTest() { return std::make_unique<AssetsTest>(); }

}  // namespace pluginlake::app
