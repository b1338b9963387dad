// Shows help on a verb, a group of verbs, or a topic.
#include "app/verbs/help.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <vector>

#include "app/console.h"
#include "app/help_text.h"
#include "app/verb_table.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/nearest_name.h"

namespace pluginlake::app {
namespace {

class Help final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "help",
            .help = "Show what a verb does, with examples; or a topic: settings, exit-codes",
            .examples = {"pluginlake help ingest", "pluginlake help catalog fsck", "pluginlake help settings"},
            .needs = Needs::kNothing,
            .under_role = UnderRole::kAllowed};
  }

  void AddOptions(CLI::App& app) override { app.add_option("TOPIC", topic_, "A verb, settings, or exit-codes"); }

  int Run(const VerbContext& context) override {
    std::string text = Text(fmt::format("{}", fmt::join(topic_, " ")));
    if (context.flags.json) {
      PrintJson(context.console,
                nlohmann::json{{"topic", fmt::format("{}", fmt::join(topic_, " "))}, {"text", text}}.dump());
    } else {
      context.console.Out(text);
    }
    return 0;
  }

 private:
  static std::string Text(const std::string& topic) {
    if (topic.empty()) {
      return OverviewHelp();
    }
    if (topic == "settings") {
      return SettingsHelp(false);
    }
    if (topic == "exit-codes") {
      return ExitCodesHelp();
    }
    if (auto verb = MakeVerb(topic)) {
      return VerbHelp(*verb);
    }
    if (!VerbsInGroup(topic).empty()) {
      return GroupHelp(topic) + (topic == "assets" ? AssetFilesHelp() : "");
    }
    std::vector<std::string> topics = VerbNames();
    topics.insert(topics.end(), {"settings", "exit-codes"});
    auto nearest = core::NearestName(topic, topics);
    throw core::Error(core::ErrorKind::kInvalidInput, "PL-0207", fmt::format("There is no help on `{}`", topic),
                      nearest ? fmt::format("Did you mean `{}`?", *nearest) : "`pluginlake help` lists all verbs.");
  }

  std::vector<std::string> topic_;
};

}  // namespace

std::unique_ptr<Verb> MakeHelp() { return std::make_unique<Help>(); }

}  // namespace pluginlake::app
