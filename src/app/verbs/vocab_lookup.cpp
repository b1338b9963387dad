// Says what one code means.
#include "app/verbs/vocab_lookup.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <utility>

#include "app/console.h"
#include "app/vocab_answer.h"
#include "app/vocab_lookups.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

class VocabLookup final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "vocab lookup",
            .help = "Show the concept of a code and the standard concepts it maps to",
            .examples = {"pluginlake vocab lookup --system http://snomed.info/sct --code 44054006",
                         "pluginlake vocab lookup --system ICD10 --code E11.9 --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kMetadata};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("--system", system_, "The code's system: a URI, urn:oid:…, or a vocabulary's name")->required();
    app.add_option("--code", code_, "The code; ICD codes with or without dots")->required();
  }

  int Run(const VerbContext& context) override {
    VocabLookups lookups(context);
    const std::optional<omop::CodeMeaning> meaning = lookups.LookUp(system_, code_);
    if (!meaning) {
      throw core::Error(
          core::ErrorKind::kNotFound, "PL-1020",
          fmt::format("No loaded vocabulary has this code: {} in {}", code_, system_),
          "`pluginlake vocab status` lists the vocabularies; `pluginlake vocab search TEXT` finds codes.");
    }
    if (context.flags.json) {
      PrintJson(context.console, CodeMeaningJson(*meaning, system_, lookups.snapshot_id()));
    } else {
      context.console.Out(CodeMeaningText(*meaning));
    }
    return 0;
  }

 private:
  std::string system_;
  std::string code_;
};

}  // namespace

std::unique_ptr<Verb> MakeVocabLookup() { return std::make_unique<VocabLookup>(); }

}  // namespace pluginlake::app
