// Shows a concept and what is above and below it.
#include "app/verbs/vocab_concept.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/console.h"
#include "app/output/terminal.h"
#include "app/vocab_answer.h"
#include "app/vocab_lookups.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

class VocabConcept final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "vocab concept",
            .help = "Show a concept, its ancestors and its descendants",
            .examples = {"pluginlake vocab concept 201826", "pluginlake vocab concept 201826 --limit 100 --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kMetadata};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("ID", concept_id_, "Its concept_id")->required();
    app.add_option("--limit", concepts_max_, "How many ancestors and descendants at most (default 20)")
        ->check(CLI::Range(1, 1'000'000))
        ->type_name("N");
  }

  int Run(const VerbContext& context) override {
    VocabLookups lookups(context);
    const std::optional<ConceptAnswer> answer = lookups.Concept(concept_id_, concepts_max_);
    if (!answer) {
      throw core::Error(core::ErrorKind::kNotFound, "PL-1021", fmt::format("There is no concept {}", concept_id_),
                        "`pluginlake vocab search TEXT` finds concepts by words or codes.");
    }
    if (context.flags.json) {
      PrintJson(context.console, ConceptJson(*answer, lookups.snapshot_id()));
    } else {
      context.console.Out(ConceptText(*answer, StdoutStyle(context)));
    }
    return 0;
  }

 private:
  std::int64_t concept_id_ = 0;
  std::size_t concepts_max_ = 20;
};

}  // namespace

std::unique_ptr<Verb> MakeVocabConcept() { return std::make_unique<VocabConcept>(); }

}  // namespace pluginlake::app
