// Finds concepts by words or by code.
#include "app/verbs/vocab_search.h"

#include <CLI/CLI.hpp>

#include <utility>

#include "app/console.h"
#include "app/output/terminal.h"
#include "app/vocab_answer.h"
#include "app/vocab_lookups.h"

namespace pluginlake::app {
namespace {

class VocabSearch final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "vocab search",
            .help = "Find concepts by words of their names and synonyms, or by their code",
            .examples = {"pluginlake vocab search 'diabetes mellitus'", "pluginlake vocab search E11 --limit 5 --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kMetadata};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("TEXT", text_, "Words, or a code")->required();
    app.add_option("--limit", concepts_max_, "How many concepts at most (default 20)")
        ->check(CLI::Range(1, 1000))
        ->type_name("N");
  }

  int Run(const VerbContext& context) override {
    VocabLookups lookups(context);
    const std::vector<omop::SearchHit> hits = lookups.Search(text_, concepts_max_);
    if (context.flags.json) {
      PrintJson(context.console, SearchJson(hits, lookups.snapshot_id()));
    } else {
      context.console.Out(SearchText(hits, StdoutStyle(context)));
    }
    return 0;
  }

 private:
  std::string text_;
  std::size_t concepts_max_ = 20;
};

}  // namespace

std::unique_ptr<Verb> MakeVocabSearch() { return std::make_unique<VocabSearch>(); }

}  // namespace pluginlake::app
