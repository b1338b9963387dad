// Erases a patient, then brings up to date what adds up over patients.
#include "app/verbs/erase.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/run_assets.h"
#include "app/station.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/core/version.h"
#include "pluginlake/orchestration/erase.h"
#include "pluginlake/orchestration/runner.h"

namespace pluginlake::app {
namespace {

constexpr std::string_view kPatient = "Patient/";

class EraseVerb final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "erase",
            .help = "Takes one patient out of every table; earlier snapshots show them until they are expired",
            .examples = {"pluginlake erase Patient/1234", "pluginlake erase Patient/1234 --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("PATIENT", patient_, "Patient/ID, the id of the Patient resource")->required();
  }

  int Run(const VerbContext& context) override {
    if (!patient_.starts_with(kPatient) || patient_.size() == kPatient.size()) {
      throw core::Error(core::ErrorKind::kInvalidInput, "PL-0244", "This names no patient",
                        "Write it as Patient/ID, with the id of the Patient resource.");
    }
    Station& station = context.host.station();
    orchestration::EraseResult result;
    {
      const auto held = station.runner().HoldRuns();
      result = orchestration::Erase(context.principal, station.lake(), station.writer(),
                                    {.run_id = core::NewRunId(),
                                     .patient_id = patient_.substr(kPatient.size()),
                                     .program_version = core::kProgramVersion});
    }
    if (!result.snapshot_id) {
      throw core::Error(
          core::ErrorKind::kNotFound, "PL-0245", "Nothing of this patient is in the station",
          "The id is that of the Patient resource, not a number by which the patient is known elsewhere.");
    }
    const orchestration::RunResult run = RunAssets(context, {});
    Answer(context, result);
    return ExitCodeOf(run);
  }

 private:
  static void Answer(const VerbContext& context, const orchestration::EraseResult& result) {
    if (context.flags.json) {
      PrintJson(context.console,
                nlohmann::ordered_json{{"snapshot_id", *result.snapshot_id}, {"rows", result.rows}}.dump());
      return;
    }
    std::string text;
    for (const auto& [table, rows] : result.rows) {
      text += fmt::format("{:<36} {:>10} rows removed\n", table, rows);
    }
    context.console.Out(text + fmt::format("snapshot {}\n", *result.snapshot_id));
  }

  std::string patient_;
};

}  // namespace

std::unique_ptr<Verb> MakeErase() { return std::make_unique<EraseVerb>(); }

}  // namespace pluginlake::app
