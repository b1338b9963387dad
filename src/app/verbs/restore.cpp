// Makes a station from a backup.
#include "app/verbs/restore.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/backup/station_restore.h"
#include "app/catalog_url.h"
#include "app/console.h"
#include "app/invocation.h"
#include "app/verb_settings.h"
#include "pluginlake/core/settings_table.h"

namespace pluginlake::app {
namespace {

class Restore final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "restore",
            .help = "Make a station in a new folder from a backup",
            .examples = {"pluginlake restore station.tar my-station",
                         "pluginlake restore station.tar my-station --catalog postgres://lake@localhost/empty"},
            .needs = Needs::kNothing,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("FILE", file_, "The archive that 'pluginlake backup' wrote")->required();
    app.add_option("DIR", folder_, "The folder to make; must be empty if it is there")->required();
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
                                 .progress = context.console.progress(),
                                 .cancellation = context.console.cancellation()};
    Answer(context, request, RestoreStation(request));
    return 0;
  }

 private:
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
      context.console.Err(fmt::format("next: pluginlake catalog fsck --station {}\n", request.folder));
    }
  }

  std::string file_;
  std::string folder_;
  std::string catalog_;
};

}  // namespace

std::unique_ptr<Verb> MakeRestore() { return std::make_unique<Restore>(); }

}  // namespace pluginlake::app
