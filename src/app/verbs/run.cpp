// Runs assets and tells what became of each.
#include "app/verbs/run.h"

#include <CLI/CLI.hpp>

#include "app/console.h"
#include "app/run_answer.h"
#include "app/run_assets.h"

namespace pluginlake::app {
namespace {

class RunVerbOfAssets final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "run",
            .help = "Brings assets up to date: only what its inputs changed is computed",
            .examples = {"pluginlake run", "pluginlake run 'omop/*'", "pluginlake run +omop/person --full",
                         "pluginlake run --dry-run"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("SELECTION", request_.selection,
                   "Keys or globs; `+omop/person` with all above it, `fhir/patient+` with all below; default: all");
    app.add_flag("--full", request_.full, "Computes everything selected anew, whatever changed");
    app.add_flag("--dry-run", request_.dry_run, "Says what would be computed, and why");
  }

  int Run(const VerbContext& context) override {
    const orchestration::RunResult result = RunAssets(context, request_);
    if (context.flags.json) {
      PrintJson(context.console, RunJson(result, request_.dry_run));
    } else {
      context.console.Out(request_.dry_run ? TextOfPlan(result) : RunText(result, context.flags.verbose));
    }
    return ExitCodeOf(result);
  }

 private:
  orchestration::RunRequest request_;
};

}  // namespace

std::unique_ptr<Verb> MakeRun() { return std::make_unique<RunVerbOfAssets>(); }

}  // namespace pluginlake::app
