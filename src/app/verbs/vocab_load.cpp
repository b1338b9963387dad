// Loads a release of vocabularies, and tells what the gate found.
#include "app/verbs/vocab_load.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <regex>
#include <utility>

#include "app/console.h"
#include "app/vocab_answer.h"
#include "app/vocab_batch.h"
#include "app/vocab_lookups.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

constexpr int kExitFindings = 5;

class VocabLoad final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "vocab load",
            .help = "Load the vocabularies that Athena or DHD delivered; the former ones are replaced in one commit",
            .examples = {"pluginlake vocab load vocabulary_download_v5.zip", "pluginlake vocab load --dhd thesauri.zip",
                         "pluginlake vocab load --accept vocabulary_shrank vocabulary_download_v5/",
                         "pluginlake vocab load --partial test-vocabulary/ --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("PATH", path_, "The folder or the zip file that Athena delivered");
    app.add_option("--dhd", dhd_path_, "A delivery of the DHD thesauri, DT or VT or both; a folder or a zip file")
        ->type_name("PATH");
    app.add_option("--as-of", as_of_, "The day whose validity counts in the DHD thesauri (default: their delivery's)")
        ->type_name("YYYY-MM-DD");
    app.add_option("--accept", accepted_, "Load in spite of findings with this code; may be given several times")
        ->type_name("CODE");
    app.add_flag("--partial", partial_, "Load what the checks refuse, files missing too; for tests, never production");
  }

  std::vector<std::string> input_paths() const override {
    std::vector<std::string> paths;
    for (const std::string& path : {path_, dhd_path_}) {
      if (!path.empty()) {
        paths.push_back(path);
      }
    }
    return paths;
  }

  int Run(const VerbContext& context) override {
    if (path_.empty() && dhd_path_.empty()) {
      throw core::Error(core::ErrorKind::kInvalidInput, "PL-1050", "`vocab load` needs to know what to load",
                        "Name the PATH of a bundle from Athena, or --dhd PATH, or both.");
    }
    CheckDay();
    VocabLoadAnswer answer;
    if (!path_.empty()) {
      answer.athena = RunVocabBatch(context, {.path = InputOf(context.invocation.paths.front()),
                                              .partial = partial_,
                                              .accepted = {accepted_.begin(), accepted_.end()}});
    }
    if (!dhd_path_.empty() && !answer.refused()) {
      answer.dhd = RunDhdBatch(context, {.path = InputOf(context.invocation.paths.back()), .as_of = as_of_});
    }
    if (context.flags.json) {
      PrintJson(context.console, VocabLoadJson(answer));
    } else {
      context.console.Out(VocabLoadText(answer));
    }
    if (!answer.refused()) {
      const VocabLookups lookups(context);  // made now, so that nobody waits for it
    }
    return answer.refused() ? kExitFindings : 0;
  }

 private:
  static sources::InputPath InputOf(const PathArgument& path) {
    return {.shown = path.shown, .descriptor = path.descriptor, .absolute = path.absolute};
  }

  void CheckDay() const {
    const std::regex day(R"(\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01]))");
    if (!as_of_.empty() && !std::regex_match(as_of_, day)) {
      throw core::Error(core::ErrorKind::kInvalidInput, "PL-1051",
                        fmt::format("--as-of takes a day as YYYY-MM-DD, not {}", as_of_),
                        "For example: --as-of 2025-08-15");
    }
  }

  std::string path_;
  std::string dhd_path_;
  std::string as_of_;
  std::vector<std::string> accepted_;
  bool partial_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeVocabLoad() { return std::make_unique<VocabLoad>(); }

}  // namespace pluginlake::app
