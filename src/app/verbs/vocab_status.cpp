// Tells which releases of vocabularies a station has.
#include "app/verbs/vocab_status.h"

#include <CLI/CLI.hpp>

#include "app/console.h"
#include "app/lake_reader.h"
#include "app/output/terminal.h"
#include "app/vocab_answer.h"
#include "pluginlake/catalog/reader.h"

namespace pluginlake::app {
namespace {

class VocabStatus final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "vocab status",
            .help = "Show which releases of vocabularies are loaded, and how many concepts each has",
            .examples = {"pluginlake vocab status", "pluginlake vocab status --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kMetadata};
  }

  void AddOptions(CLI::App&) override {}

  int Run(const VerbContext& context) override {
    const std::unique_ptr<catalog::Reader> reader = OpenMetadataReader(context);
    duck::Connection connection = reader->Connect();
    const omop::VocabularyStatus status = omop::ReadVocabularyStatus(connection);
    if (context.flags.json) {
      PrintJson(context.console, VocabStatusJson(status));
    } else {
      context.console.Out(VocabStatusText(status, StdoutStyle(context)));
    }
    return 0;
  }
};

}  // namespace

std::unique_ptr<Verb> MakeVocabStatus() { return std::make_unique<VocabStatus>(); }

}  // namespace pluginlake::app
