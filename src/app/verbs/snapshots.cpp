// Lists the versions of the lake.
#include "app/verbs/snapshots.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/console.h"
#include "app/output/terminal.h"
#include "app/station.h"
#include "pluginlake/catalog/snapshots.h"
#include "pluginlake/core/clock.h"
#include "pluginlake/core/principal.h"

namespace pluginlake::app {
namespace {

using Json = nlohmann::ordered_json;

// Returns the JSON that the lake keeps with a snapshot; an object without members if there is none.
Json ParsedOrEmpty(const std::string& text) {
  Json parsed = Json::parse(text, nullptr, /*allow_exceptions=*/false);
  return parsed.is_object() ? parsed : Json::object();
}

Json ItemOf(const catalog::Snapshot& snapshot) {
  const Json extra = ParsedOrEmpty(snapshot.extra_info);
  return {{"snapshot_id", snapshot.snapshot_id},
          {"committed_at", core::FormatUtc(snapshot.committed_at.micros)},
          {"author", snapshot.author},
          {"message", snapshot.message},
          {"run_id", extra.value("run_id", Json())},
          {"assets", extra.value("assets", Json::array())},
          {"changes", ParsedOrEmpty(snapshot.changes)}};
}

TableRow RowOf(const catalog::Snapshot& snapshot) {
  const Json extra = ParsedOrEmpty(snapshot.extra_info);
  std::string assets;
  for (const Json& asset : extra.value("assets", Json::array())) {
    assets += (assets.empty() ? "" : " ") + asset.get<std::string>();
  }
  std::string moment = core::FormatUtc(snapshot.committed_at.micros).substr(0, 19);
  moment[10] = ' ';
  return {{std::to_string(snapshot.snapshot_id)}, {moment}, {snapshot.author}, {snapshot.message}, {assets}};
}

class Snapshots final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "snapshots",
            .help = "List the versions of the lake, or those that touched one table",
            .examples = {"pluginlake snapshots", "pluginlake snapshots raw/fhir_resource --json"},
            .under_role = UnderRole::kMetadata};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("KEY", filter_.asset_key, "Only what touched this table, for example raw/fhir_resource");
  }

  int Run(const VerbContext& context) override {
    const auto snapshots =
        catalog::Snapshots(core::MetadataReaderFor(context.principal), context.host.station().lake(), filter_);
    if (context.flags.json) {
      Json items = Json::array();
      for (const catalog::Snapshot& snapshot : snapshots) {
        items.push_back(ItemOf(snapshot));
      }
      PrintJson(context.console, Json{{"snapshots", items}}.dump());
      return 0;
    }
    std::vector<TableRow> rows;
    for (const catalog::Snapshot& snapshot : snapshots) {
      rows.push_back(RowOf(snapshot));
    }
    context.console.Out(
        TableText({{"snapshot", true}, {"committed (UTC)"}, {"by"}, {"what"}, {"tables"}}, rows, StdoutStyle(context)));
    if (!context.flags.quiet) {
      context.console.Err("(`pluginlake query SQL --at SNAPSHOT` reads the lake as it was)\n");
    }
    return 0;
  }

 private:
  catalog::SnapshotFilter filter_;
};

}  // namespace

std::unique_ptr<Verb> MakeSnapshots() { return std::make_unique<Snapshots>(); }

}  // namespace pluginlake::app
