// Shows which settings are in force, and where each comes from.
#include "app/verbs/config_show.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/help_text.h"
#include "app/verb_settings.h"
#include "pluginlake/core/settings_table.h"

namespace pluginlake::app {
namespace {

class ConfigShow final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "config show",
            .help = "Show which settings are in force; secrets are not shown",
            .examples = {"pluginlake config show --origin", "pluginlake config show --format markdown"},
            .needs = Needs::kFolder,
            .under_role = UnderRole::kAllowed};
  }

  void AddOptions(CLI::App& app) override {
    app.add_flag("--origin", origin_, "Also say where each value comes from");
    app.add_option("--format", format_, "table (default), or markdown: the reference of all settings")
        ->check(CLI::IsMember({"table", "markdown"}));
  }

  int Run(const VerbContext& context) override {
    if (format_ == "markdown") {
      context.console.Out(SettingsHelp(true));
      return 0;
    }
    core::LoadedSettings loaded = LoadVerbSettings(context.invocation, context.flags, context.station_folder);
    for (const std::string& warning : loaded.warnings) {
      context.console.Err(fmt::format("warning: {}\n", warning));
    }
    if (context.flags.json) {
      PrintJson(context.console, Json(context.station_folder, loaded));
    } else {
      context.console.Out(Table(loaded));
    }
    return 0;
  }

 private:
  static std::string Json(const std::string& folder, const core::LoadedSettings& loaded) {
    nlohmann::ordered_json document{
        {"station", folder.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(folder)},
        {"settings", nlohmann::ordered_json::object()},
        {"warnings", loaded.warnings}};
    for (const core::SettingSpec& spec : core::SettingsTable()) {
      std::string key(spec.key);
      document["settings"][key] = {{"value", core::ShownValue(spec, loaded.settings)},
                                   {"origin", loaded.origins.at(key)}};
    }
    return document.dump();
  }

  std::string Table(const core::LoadedSettings& loaded) const {
    std::string text;
    for (const core::SettingSpec& spec : core::SettingsTable()) {
      std::string value = core::ShownValue(spec, loaded.settings);
      std::string line = fmt::format("{:<34} {}", spec.key, value.empty() ? "(empty)" : value);
      if (origin_) {
        line = fmt::format("{:<64} # {}", line, loaded.origins.at(std::string(spec.key)));
      }
      text += line + "\n";
    }
    return text;
  }

  bool origin_ = false;
  std::string format_ = "table";
};

}  // namespace

std::unique_ptr<Verb> MakeConfigShow() { return std::make_unique<ConfigShow>(); }

}  // namespace pluginlake::app
