// Tells what is stale, and why.
#include "app/verbs/plan.h"

#include <CLI/CLI.hpp>

#include "app/console.h"
#include "app/run_answer.h"
#include "app/run_assets.h"

namespace pluginlake::app {
namespace {

class Plan final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "plan",
            .help = "Says which assets are stale, and why: data, code, vocabulary, upstream",
            .examples = {"pluginlake plan", "pluginlake plan 'omop/*' --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kMetadata};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("SELECTION", request_.selection,
                   "Keys or globs; `+omop/person` with all above it, `fhir/patient+` with all below; default: all");
    request_.dry_run = true;
  }

  int Run(const VerbContext& context) override {
    const orchestration::RunResult result = RunAssets(context, request_);
    if (context.flags.json) {
      PrintJson(context.console, RunJson(result, true));
    } else {
      context.console.Out(TextOfPlan(result));
    }
    return ExitCodeOf(result);
  }

 private:
  orchestration::RunRequest request_;
};

}  // namespace

std::unique_ptr<Verb> MakePlan() { return std::make_unique<Plan>(); }

}  // namespace pluginlake::app
