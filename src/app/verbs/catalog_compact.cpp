// Puts a lake's small files together.
#include "app/verbs/catalog_compact.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/station.h"
#include "pluginlake/catalog/maintenance.h"

namespace pluginlake::app {
namespace {

class CatalogCompact final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "catalog compact",
            .help = "Put small files together and take deleted rows out; contents and time travel stay",
            .examples = {"pluginlake catalog compact"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kRefused};
  }

  void AddOptions(CLI::App&) override {}

  int Run(const VerbContext& context) override {
    catalog::CompactReport report = catalog::Compact(context.principal, context.host.station().writer(), {});
    if (context.flags.json) {
      nlohmann::ordered_json document{{"rows_flushed", report.rows_flushed},
                                      {"files_before", report.files_before},
                                      {"files_after", report.files_after},
                                      {"files_removed", report.files_removed},
                                      {"snapshot_id", nullptr}};
      if (report.snapshot_id) {
        document["snapshot_id"] = *report.snapshot_id;
      }
      PrintJson(context.console, document.dump());
      return 0;
    }
    context.console.Out(fmt::format("files: {} before, {} after, {} removed\n", report.files_before, report.files_after,
                                    report.files_removed));
    return 0;
  }
};

}  // namespace

std::unique_ptr<Verb> MakeCatalogCompact() { return std::make_unique<CatalogCompact>(); }

}  // namespace pluginlake::app
