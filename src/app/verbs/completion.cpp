// Prints a completion script for a shell.
#include "app/verbs/completion.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/completion_script.h"
#include "app/console.h"

namespace pluginlake::app {
namespace {

class Completion final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "completion",
            .help = "Print the completion script of a shell: bash, zsh or fish",
            .examples = {"source <(pluginlake completion bash)", "pluginlake completion fish | source"},
            .needs = Needs::kNothing,
            .under_role = UnderRole::kAllowed};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("SHELL", shell_, "bash, zsh or fish")->required()->check(CLI::IsMember({"bash", "zsh", "fish"}));
  }

  int Run(const VerbContext& context) override {
    std::string script = CompletionScript(shell_);
    if (context.flags.json) {
      PrintJson(context.console, nlohmann::json{{"shell", shell_}, {"script", script}}.dump());
    } else {
      context.console.Out(script);
    }
    return 0;
  }

 private:
  std::string shell_;
};

}  // namespace

std::unique_ptr<Verb> MakeCompletion() { return std::make_unique<Completion>(); }

}  // namespace pluginlake::app
