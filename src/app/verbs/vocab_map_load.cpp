// Loads local maps.
#include "app/verbs/vocab_map_load.h"

#include <CLI/CLI.hpp>

#include <utility>

#include "app/console.h"
#include "app/vocab_answer.h"
#include "app/vocab_batch.h"
#include "app/vocab_lookups.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

constexpr int kExitFindings = 5;

class VocabMapLoad final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "vocab map load",
            .help = "Load local maps: source_to_concept_map as CSV, a Usagi export, or an SSSOM mapping set",
            .examples = {"pluginlake vocab map load lab-to-loinc.sssom.tsv",
                         "pluginlake vocab map load usagi.csv --vocabulary LAB --system https://hospital.example/lab",
                         "pluginlake vocab map load a.csv b.csv --precedence 10 --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("PATH", paths_, "Files with maps; each is a set, and replaces the set of its name")->required();
    app.add_option("--name", mapping_set_id_, "Name of the set (default: what the file says, else its name)")
        ->type_name("NAME");
    app.add_option("--set-version", version_, "Version of the set (default: what the file says)")->type_name("TEXT");
    app.add_option("--vocabulary", vocabulary_id_, "The codes' vocabulary, when the file does not say")
        ->type_name("ID");
    app.add_option("--system", system_, "The URI by which FHIR names that vocabulary")->type_name("URI");
    app.add_option("--precedence", precedence_, "Of several sets that map a code the highest counts (default 0)")
        ->check(CLI::Range(-1'000'000, 1'000'000))
        ->type_name("N");
    app.add_flag("--partial", partial_, "Load the sound lines of a file that has others");
  }

  std::vector<std::string> input_paths() const override { return paths_; }

  int Run(const VerbContext& context) override {
    if (context.invocation.paths.size() > 1 && !mapping_set_id_.empty()) {
      throw core::Error(core::ErrorKind::kInvalidInput, "PL-1062", "One name cannot be that of several sets",
                        "Load one file at a time with its NAME, or leave --name out.");
    }
    std::vector<omop::MapLoadResult> results;
    bool refused = false;
    for (const PathArgument& path : context.invocation.paths) {
      results.push_back(
          RunMapBatch(context, {.path = {.shown = path.shown, .descriptor = path.descriptor, .absolute = path.absolute},
                                .mapping_set_id = mapping_set_id_,
                                .version = version_,
                                .vocabulary_id = vocabulary_id_,
                                .system = system_,
                                .precedence = precedence_,
                                .partial = partial_}));
      refused = refused || results.back().refused;
    }
    if (context.flags.json) {
      PrintJson(context.console, MapLoadJson(results));
    } else {
      context.console.Out(MapLoadText(results));
    }
    const VocabLookups lookups(context);  // made now, so that nobody waits for it
    return refused ? kExitFindings : 0;
  }

 private:
  std::vector<std::string> paths_;
  std::string mapping_set_id_, version_, vocabulary_id_, system_;
  std::int64_t precedence_ = 0;
  bool partial_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeVocabMapLoad() { return std::make_unique<VocabMapLoad>(); }

}  // namespace pluginlake::app
