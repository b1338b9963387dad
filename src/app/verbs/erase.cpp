// Erases a patient, or goes through a list of erasures that a restored station was given.
#include "app/verbs/erase.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/erase_patients.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kPatient = "Patient/";

class EraseVerb final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "erase",
            .help = "Takes one patient out of the station: rows, files, earlier snapshots, catalog and records",
            .examples = {"pluginlake erase Patient/1234", "pluginlake erase Patient/1234 --json",
                         "pluginlake erase --pending"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kRefused,
            .before_pending_erasures = true};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("PATIENT", patient_, "Patient/ID, the id of the Patient resource");
    app.add_flag("--pending", pending_, "Go on with the list of erasures that this restored station was given");
  }

  int Run(const VerbContext& context) override {
    if (pending_ != patient_.empty() || (!pending_ && !NamesPatient())) {
      throw core::Error(core::ErrorKind::kInvalidInput, "PL-0244", "This names no patient",
                        "Write it as Patient/ID, with the id of the Patient resource; or --pending.");
    }
    if (pending_) {
      const ErasedPatients erased = ReplayErasures(context);
      Answer(context, erased);
      return erased.exit_code;
    }
    const ErasedPatients erased = ErasePatients(context, {patient_.substr(kPatient.size())});
    if (erased.patients == 0) {
      throw core::Error(
          core::ErrorKind::kNotFound, "PL-0245", "Nothing of this patient is in the station",
          "The id is that of the Patient resource, not a number by which the patient is known elsewhere.");
    }
    Answer(context, erased);
    return erased.exit_code;
  }

 private:
  bool NamesPatient() const { return patient_.starts_with(kPatient) && patient_.size() > kPatient.size(); }

  static void Answer(const VerbContext& context, const ErasedPatients& erased) {
    const catalog::PurgeReport& purged = erased.purged;
    if (context.flags.json) {
      PrintJson(context.console, Json{{"patients", erased.patients},
                                      {"snapshot_id", erased.snapshot_id ? Json(*erased.snapshot_id) : Json()},
                                      {"rows", erased.rows},
                                      {"files_rewritten", purged.files_rewritten},
                                      {"files_removed", purged.files_removed},
                                      {"snapshots_expired", purged.snapshots_expired}}
                                     .dump());
      return;
    }
    std::string text;
    for (const auto& [table, rows] : erased.rows) {
      text += fmt::format("{:<36} {:>10} rows removed\n", table, rows);
    }
    context.console.Out(text + fmt::format("files written anew: {}, removed: {}; snapshots removed: {}\n"
                                           "the certificate is in quality.erasure; backups, exports and delivered "
                                           "files are yours to see to\n",
                                           purged.files_rewritten, purged.files_removed, purged.snapshots_expired));
  }

  std::string patient_;
  bool pending_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeErase() { return std::make_unique<EraseVerb>(); }

}  // namespace pluginlake::app
