// Makes a station from a backup.
#include "app/verbs/restore.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/backup/station_restore.h"
#include "app/catalog_url.h"
#include "app/console.h"
#include "app/edge.h"
#include "app/erase_patients.h"
#include "app/erasure_list.h"
#include "app/invocation.h"
#include "app/owner.h"
#include "app/station.h"
#include "app/verb_settings.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/settings_table.h"

namespace pluginlake::app {
namespace {

class Restore final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "restore",
            .help = "Make a station in a new folder from a backup",
            .examples = {"pluginlake restore station.tar my-station",
                         "pluginlake restore station.tar my-station --erasures erasures.json",
                         "pluginlake restore station.tar my-station --catalog postgres://lake@localhost/empty"},
            .needs = Needs::kNothing,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("FILE", file_, "The archive that 'pluginlake backup' wrote")->required();
    app.add_option("DIR", folder_, "The folder to make; must be empty if it is there")->required();
    app.add_option("--erasures", erasures_,
                   "erasures.json of the station as it was last: patients erased after the backup are erased again")
        ->type_name("FILE");
    app.add_option("--catalog", catalog_, "For a station on PostgreSQL: the URL of an empty database")
        ->type_name("URL");
  }

  int Run(const VerbContext& context) override {
    core::Settings settings = LoadVerbSettings(context.invocation, context.flags, "").settings;
    settings.station.catalog = catalog_.empty() ? "sqlite" : catalog_;
    std::string folder = AbsolutePath(context.invocation, folder_);
    while (folder.size() > 1 && folder.ends_with('/')) {
      folder.pop_back();
    }
    const RestoreRequest request{.archive = AbsolutePath(context.invocation, file_),
                                 .folder = folder,
                                 .catalog = CatalogOf(settings),
                                 .erasures = erasures_.empty() ? "" : AbsolutePath(context.invocation, erasures_),
                                 .progress = context.console.progress(),
                                 .cancellation = context.console.cancellation()};
    if (!request.erasures.empty() && !std::filesystem::exists(request.erasures)) {
      throw core::Error(core::ErrorKind::kNotFound, "PL-0248", "There is no list of erasures: " + erasures_,
                        "It is the file erasures.json of the station's folder, kept with the backups.");
    }
    ReadErasureList(request.erasures);  // refused before the work begins, not after
    const RestoreReport report = RestoreStation(request);
    const int exit_code = request.erasures.empty() ? 0 : Replay(context, folder);
    Answer(context, request, report);
    return exit_code;
  }

 private:
  // The new station is opened for the first time, by this process; until it is through, other verbs are refused.
  static int Replay(const VerbContext& context, const std::string& folder) {
    const core::Settings settings = LoadVerbSettings(context.invocation, context.flags, folder).settings;
    const OwnedCommand command{context.invocation, "restore", folder, settings, {}};
    return RunOwned(
        command, context.console,
        [&](StationHost& host) {
          return RunAtEdge(context.console, {.json = context.flags.json, .color = false}, [&] {
            const VerbContext inside{context.invocation, context.flags, settings, context.principal, folder,
                                     context.console,    context.log,   host};
            const ErasedPatients erased = ReplayErasures(inside);
            if (!context.flags.quiet) {
              context.console.Err(fmt::format("patients erased again: {}\n", erased.patients));
            }
            return erased.exit_code;
          });
        },
        &RunVerb);
  }

  static void Answer(const VerbContext& context, const RestoreRequest& request, const RestoreReport& report) {
    if (context.flags.json) {
      const nlohmann::ordered_json document{{"station", request.folder},
                                            {"catalog", core::WithoutPassword(request.catalog)},
                                            {"data", request.folder + "/data/"},
                                            {"snapshot_id", report.snapshot_id},
                                            {"backup_created_at", report.created_at}};
      PrintJson(context.console, document.dump());
      return;
    }
    context.console.Out(
        fmt::format("{}: snapshot {} of the backup of {}\n", request.folder, report.snapshot_id, report.created_at));
    if (!context.flags.quiet) {
      context.console.Err(fmt::format(
          "{}next: pluginlake catalog fsck --station {}\n",
          request.erasures.empty() ? "patients erased after this backup are back: --erasures erases them again\n" : "",
          request.folder));
    }
  }

  std::string file_;
  std::string folder_;
  std::string catalog_;
  std::string erasures_;
};

}  // namespace

std::unique_ptr<Verb> MakeRestore() { return std::make_unique<Restore>(); }

}  // namespace pluginlake::app
