// Loads a release of vocabularies, and tells what the gate found.
#include "app/verbs/vocab_load.h"

#include <CLI/CLI.hpp>

#include <utility>

#include "app/console.h"
#include "app/vocab_answer.h"
#include "app/vocab_batch.h"
#include "app/vocab_lookups.h"

namespace pluginlake::app {
namespace {

constexpr int kExitFindings = 5;

class VocabLoad final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "vocab load",
            .help = "Load the vocabularies that Athena delivered; the former release is replaced in one commit",
            .examples = {"pluginlake vocab load vocabulary_download_v5.zip",
                         "pluginlake vocab load --accept vocabulary_shrank vocabulary_download_v5/",
                         "pluginlake vocab load --partial test-vocabulary/ --json"},
            .needs = Needs::kOwner,
            .reads_data = true};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("PATH", path_, "The folder or the zip file that Athena delivered")->required();
    app.add_option("--accept", accepted_, "Load in spite of findings with this code; may be given several times")
        ->type_name("CODE");
    app.add_flag("--partial", partial_, "Load what the checks refuse, files missing too; for tests, never production");
  }

  std::vector<std::string> input_paths() const override { return {path_}; }

  int Run(const VerbContext& context) override {
    const PathArgument& path = context.invocation.paths.at(0);
    omop::LoadRequest request{.path = {.shown = path.shown, .descriptor = path.descriptor, .absolute = path.absolute},
                              .partial = partial_,
                              .accepted = {accepted_.begin(), accepted_.end()}};
    const omop::LoadResult result = RunVocabBatch(context, std::move(request));
    if (context.flags.json) {
      PrintJson(context.console, VocabLoadJson(result));
    } else {
      context.console.Out(VocabLoadText(result));
    }
    if (!result.refused) {
      OpenLookups(context);  // made now, so that nobody waits for it
    }
    return result.refused ? kExitFindings : 0;
  }

 private:
  std::string path_;
  std::vector<std::string> accepted_;
  bool partial_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeVocabLoad() { return std::make_unique<VocabLoad>(); }

}  // namespace pluginlake::app
