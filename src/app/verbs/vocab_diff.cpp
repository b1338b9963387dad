// Compares two loads of vocabularies.
#include "app/verbs/vocab_diff.h"

#include <CLI/CLI.hpp>

#include "app/console.h"
#include "app/lake_reader.h"
#include "app/output/terminal.h"
#include "app/vocab_answer.h"
#include "app/vocab_lookups.h"
#include "pluginlake/catalog/reader.h"
#include "pluginlake/duck/cancel_watch.h"

namespace pluginlake::app {
namespace {

class VocabDiff final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {
        .name = "vocab diff",
        .help = "Show what changed between two releases of vocabularies, what the data use first",
        .examples = {"pluginlake vocab diff 'v5.0 29-AUG-24' 'v5.0 28-FEB-25'", "pluginlake vocab diff 12 48 --json"},
        .needs = Needs::kOwner,
        .under_role = UnderRole::kMetadata};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("A", request_.former, "The former one: a release's name, or a snapshot")->required();
    app.add_option("B", request_.later, "The later one")->required();
    app.add_option("--limit", request_.changes_max, "How many changes are shown one by one (default 20)")
        ->check(CLI::Range(0, 1'000'000))
        ->type_name("N");
  }

  int Run(const VerbContext& context) override {
    const std::unique_ptr<catalog::Reader> reader = OpenMetadataReader(context);
    duck::Connection connection = reader->Connect();
    const duck::CancelWatch watch(connection, context.console.cancellation());
    omop::VocabularyDiff diff = omop::DiffVocabularies(connection, request_);
    LicensedTextFor(context).Withhold(diff);
    if (context.flags.json) {
      PrintJson(context.console, VocabDiffJson(diff));
    } else {
      context.console.Out(VocabDiffText(diff, StdoutStyle(context)));
    }
    return 0;
  }

 private:
  omop::DiffRequest request_;
};

}  // namespace

std::unique_ptr<Verb> MakeVocabDiff() { return std::make_unique<VocabDiff>(); }

}  // namespace pluginlake::app
