// Makes a station.
#include "app/verbs/init.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/invocation.h"
#include "app/station.h"
#include "app/station_init.h"
#include "app/verb_settings.h"
#include "pluginlake/core/settings_table.h"

namespace pluginlake::app {
namespace {

class Init final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "init",
            .help = "Make a station: a folder with settings, catalog, state and room for data",
            .examples = {"pluginlake init my-station",
                         "pluginlake init my-station --catalog postgres://lake@localhost/lake --data /srv/lake"},
            .needs = Needs::kNothing,
            .under_role = UnderRole::kAllowed};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("DIR", folder_, "The folder to make; must be empty if it is there")->required();
    app.add_option("--catalog", catalog_, "sqlite (default), or postgres://user@host:port/database")->type_name("URL");
    app.add_option("--data", data_, "Folder of the Parquet files, or s3://bucket/prefix; default: data/ in DIR")
        ->type_name("PATH");
  }

  int Run(const VerbContext& context) override {
    StationInit init{.folder = AbsolutePath(context.invocation, folder_),
                     .settings = LoadVerbSettings(context.invocation, context.flags, "").settings};
    while (init.folder.size() > 1 && init.folder.ends_with('/')) {
      init.folder.pop_back();
    }
    if (!catalog_.empty()) {
      init.settings.station.catalog = catalog_;
    }
    if (!data_.empty()) {
      bool url = data_.find("://") != std::string::npos;
      init.settings.station.data = url ? data_ : AbsolutePath(context.invocation, data_);
    }
    InitStation(init);
    Answer(context, init);
    return 0;
  }

 private:
  static void Answer(const VerbContext& context, const StationInit& init) {
    core::Project project = DefaultProject(init.folder, init.settings);
    std::string catalog = core::WithoutPassword(project.catalog);
    std::string data = project.data_path.substr(0, project.data_path.size() - 1);  // it ends in '/'
    if (context.flags.json) {
      nlohmann::ordered_json document{{"station", init.folder}, {"catalog", catalog}, {"data", data}};
      PrintJson(context.console, document.dump());
      return;
    }
    context.console.Out(fmt::format("station: {}\ncatalog: {}\ndata:    {}\n", init.folder, catalog, data));
    if (!context.flags.quiet) {
      context.console.Err(fmt::format("next: pluginlake ingest PATH --station {}\n", init.folder));
    }
  }

  std::string folder_;
  std::string catalog_;
  std::string data_;
};

}  // namespace

std::unique_ptr<Verb> MakeInit() { return std::make_unique<Init>(); }

}  // namespace pluginlake::app
