// Erases a patient, then brings up to date what adds up over patients.
#include "app/verbs/erase.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/run_assets.h"
#include "app/sqlite_process.h"
#include "app/station.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/core/progress.h"
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
            .help = "Takes one patient out of the station: rows, files, earlier snapshots, catalog and records",
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
    const std::string patient_id = patient_.substr(kPatient.size());
    const orchestration::EraseRequest request{.run_id = core::NewRunId(),
                                              .patient_id = patient_id,
                                              .patient_hash = orchestration::PatientHash(station.store(), patient_id),
                                              .program_version = core::kProgramVersion};
    const orchestration::EraseResult result = EraseRows(context, request);
    core::FaultPoint("erase.rows_gone");
    const orchestration::RunResult run = RunAssets(context, {});
    Answer(context, result, Purge(context, request));
    return ExitCodeOf(run);
  }

 private:
  // Takes the rows out; a half-finished erasure of the patient has none left, and goes on.
  static orchestration::EraseResult EraseRows(const VerbContext& context, const orchestration::EraseRequest& request) {
    Station& station = context.host.station();
    const auto held = station.runner().HoldRuns();
    context.console.progress().Report({.phase = "erasing rows", .unit = "tables"});
    orchestration::EraseResult result =
        orchestration::Erase(context.principal, {station.lake(), station.writer(), station.store()}, request);
    if (!result.snapshot_id && !orchestration::HasOpenErasure(station.lake(), request.patient_hash)) {
      throw core::Error(
          core::ErrorKind::kNotFound, "PL-0245", "Nothing of this patient is in the station",
          "The id is that of the Patient resource, not a number by which the patient is known elsewhere.");
    }
    return result;
  }

  // Takes what is erased out of files, catalog and records, and completes the certificate.
  static catalog::PurgeReport Purge(const VerbContext& context, const orchestration::EraseRequest& request) {
    Station& station = context.host.station();
    const auto held = station.runner().HoldRuns();
    context.console.progress().Report({.phase = "rewriting files", .unit = "files"});
    const catalog::PurgeReport report =
        catalog::Purge(context.principal, station.writer(),
                       {.before_expiry = [&] { station.runner().MarkRead(context.principal, held); },
                        .vacuum_sqlite = VacuumSqliteInOtherProcess});
    core::FaultPoint("erase.purged");
    station.store().Vacuum();
    orchestration::CompleteErasure(context.principal, station.writer(), request, report);
    return report;
  }

  static void Answer(const VerbContext& context, const orchestration::EraseResult& result,
                     const catalog::PurgeReport& purged) {
    if (context.flags.json) {
      PrintJson(context.console,
                nlohmann::ordered_json{
                    {"snapshot_id", result.snapshot_id ? nlohmann::ordered_json(*result.snapshot_id) : nullptr},
                    {"rows", result.rows},
                    {"files_rewritten", purged.files_rewritten},
                    {"files_removed", purged.files_removed},
                    {"snapshots_expired", purged.snapshots_expired}}
                    .dump());
      return;
    }
    std::string text;
    for (const auto& [table, rows] : result.rows) {
      text += fmt::format("{:<36} {:>10} rows removed\n", table, rows);
    }
    context.console.Out(text + fmt::format("files written anew: {}, removed: {}; snapshots removed: {}\n"
                                           "the certificate is in quality.erasure; backups, exports and delivered "
                                           "files are yours to see to\n",
                                           purged.files_rewritten, purged.files_removed, purged.snapshots_expired));
  }

  std::string patient_;
};

}  // namespace

std::unique_ptr<Verb> MakeErase() { return std::make_unique<EraseVerb>(); }

}  // namespace pluginlake::app
