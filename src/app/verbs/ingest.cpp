// Runs an ingest, keeps its record in the state store, and tells what became of every record.
#include "app/verbs/ingest.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <utility>

#include "app/console.h"
#include "app/ingest_answer.h"
#include "app/ingest_batch.h"
#include "app/station.h"
#include "pluginlake/core/error.h"
#include "pluginlake/sources/ingest.h"

namespace pluginlake::app {
namespace {

constexpr int kExitFindings = 5;
constexpr int kExitPartial = 8;

// Says whether a file's input was refused as a whole, or could not be read.
bool IsLost(const sources::FileResult& file) {
  return !file.error.empty() || (file.counts.received > 0 && file.counts.quarantined == file.counts.received);
}

int ExitCodeOf(const sources::IngestResult& result, bool fail_on_quarantine) {
  if (result.refused || (fail_on_quarantine && result.counts.quarantined > 0)) {
    return kExitFindings;
  }
  for (const sources::FileResult& file : result.files) {
    if (IsLost(file)) {
      return kExitPartial;
    }
  }
  return 0;
}

class Ingest final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "ingest",
            .help = "Takes FHIR files into the lake; what is broken goes to quarantine",
            .examples = {"pluginlake ingest export/", "pluginlake ingest --source epic 'export/*.ndjson.gz'",
                         "pluginlake ingest --strict bundle.json --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("PATH", paths_, "Files, folders or globs: .json and .ndjson, each also .gz or .zst")->required();
    app.add_option("--as", as_, "What the files are")->check(CLI::IsMember({"fhir"}))->default_str("fhir");
    app.add_option("--source", source_name_, "A name for where the files come from, kept with each resource");
    app.add_flag("--strict", strict_, "Commit nothing if anything is refused (exit 5)");
    app.add_option("--fail-on", fail_on_, "Exit 5 if any record was refused; the rest is kept")
        ->check(CLI::IsMember({"quarantine"}));
  }

  std::vector<std::string> input_paths() const override { return paths_; }

  int Run(const VerbContext& context) override {
    sources::IngestRequest request{.source_name = source_name_, .strict = strict_};
    for (const PathArgument& path : context.invocation.paths) {
      request.paths.push_back({.shown = path.shown, .descriptor = path.descriptor, .absolute = path.absolute});
    }
    const sources::IngestResult result = RunIngestBatch(context, std::move(request));
    if (context.flags.json) {
      PrintJson(context.console, IngestJson(result));
    } else {
      context.console.Out(IngestText(result, context.flags.verbose));
    }
    return ExitCodeOf(result, fail_on_ == "quarantine");
  }

 private:
  std::vector<std::string> paths_;
  std::string as_ = "fhir";
  std::string source_name_;
  std::string fail_on_;
  bool strict_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeIngest() { return std::make_unique<Ingest>(); }

}  // namespace pluginlake::app
