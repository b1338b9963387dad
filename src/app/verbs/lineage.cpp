// Tells lineage as text, JSON or OpenLineage events.
#include "app/verbs/lineage.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "app/console.h"
#include "app/output/text_or_null.h"
#include "app/station.h"
#include "pluginlake/assets/asset.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/core/clock.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/principal.h"
#include "pluginlake/core/settings.h"
#include "pluginlake/orchestration/open_lineage.h"
#include "pluginlake/orchestration/runner.h"
#include "pluginlake/orchestration/trace.h"

namespace pluginlake::app {
namespace {

using Json = nlohmann::ordered_json;
using orchestration::AssetTrace;
using orchestration::ColumnTrace;
using orchestration::InspectedAsset;
using orchestration::Inspection;
using orchestration::RowOrigin;
using orchestration::TracedColumn;
using orchestration::TraceDirection;

const InspectedAsset* FindAsset(const Inspection& inspection, const std::string& key) {
  const auto found =
      std::ranges::find_if(inspection.assets, [&](const InspectedAsset& a) { return a.asset.key == key; });
  return found == inspection.assets.end() ? nullptr : &*found;
}

Json JsonOf(const RowOrigin& origin) {
  return {{"resource_type", origin.resource_type},
          {"resource_id", origin.resource_id},
          {"resource_version", origin.resource_version ? Json(*origin.resource_version) : Json(nullptr)},
          {"part", origin.part},
          {"source", origin.source ? Json(*origin.source) : Json(nullptr)},
          {"source_line", origin.source_line ? Json(*origin.source_line) : Json(nullptr)},
          {"batch_id", origin.batch_id},
          {"content_hash", origin.content_hash},
          {"retired_run_id", TextOrNull(origin.retired_run_id)},
          {"mapping_set_id", TextOrNull(origin.mapping_set_id)},
          {"mapping_set_version", TextOrNull(origin.mapping_set_version)}};
}

std::string TextOf(const std::string& key, std::int64_t row_id, const RowOrigin& origin) {
  std::string text = fmt::format("{} row {}\n", key, row_id);
  text += fmt::format("  {}/{}, version {}, part `{}`\n", origin.resource_type, origin.resource_id,
                      origin.resource_version ? std::to_string(*origin.resource_version) : "unknown", origin.part);
  if (origin.source) {
    text += fmt::format("  {}:{}\n", *origin.source, origin.source_line ? std::to_string(*origin.source_line) : "?");
    text += fmt::format("  batch {}, content {}\n", origin.batch_id, origin.content_hash);
  } else {
    text += "  that version is not in the lake any more\n";
  }
  if (!origin.mapping_set_id.empty()) {
    text +=
        fmt::format("  concept by the local map {}, {}\n", origin.mapping_set_id,
                    origin.mapping_set_version.empty() ? "without version" : "version " + origin.mapping_set_version);
  }
  if (!origin.retired_run_id.empty()) {
    text += fmt::format("  the row ceased in run {}\n", origin.retired_run_id);
  }
  return text;
}

// Writes the edges below (or above) a column as a tree; what was shown is not shown again.
class ColumnTree {
 public:
  ColumnTree(const ColumnTrace& trace, TraceDirection direction)
      : trace_(trace), up_(direction == TraceDirection::kUp) {}

  std::string From(const TracedColumn& column) {
    text_ = fmt::format("{}.{}\n", column.asset, column.column);
    Add(column, 1);
    return std::move(text_);
  }

 private:
  void Add(const TracedColumn& column, std::size_t depth) {
    if (!shown_.insert(column).second) {
      return;
    }
    for (const catalog::ColumnEdge& edge : trace_.edges) {
      const TracedColumn here =
          up_ ? TracedColumn{edge.asset, edge.column_name} : TracedColumn{edge.input, edge.input_column};
      const TracedColumn next =
          up_ ? TracedColumn{edge.input, edge.input_column} : TracedColumn{edge.asset, edge.column_name};
      if (here != column) {
        continue;
      }
      if (edge.expression_kind == "constant") {
        text_ += fmt::format("{}a constant, stated in {}\n", std::string(2 * depth, ' '), edge.asset);
        continue;
      }
      text_ += fmt::format("{}{} {}.{}  ({})\n", std::string(2 * depth, ' '), up_ ? "<-" : "->", next.asset,
                           next.column, edge.expression_kind);
      Add(next, depth + 1);
    }
  }

  const ColumnTrace& trace_;
  bool up_;
  std::set<TracedColumn> shown_;
  std::string text_;
};

class Lineage final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "lineage",
            .help = "Tells where an asset, a column or a row comes from, down to a resource, file and line",
            .examples = {"pluginlake lineage omop/person", "pluginlake lineage omop/measurement.value_as_number --up",
                         "pluginlake lineage fhir/observation.status --down",
                         "pluginlake lineage omop/condition_occurrence --row 1048577",
                         "pluginlake lineage omop/person --format openlineage"},
            .under_role = UnderRole::kMetadata};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("KEY", key_, "omop/person, or a column of it: omop/person.year_of_birth")->required();
    auto* up = app.add_flag("--up", up_, "What it is made from (the default)");
    app.add_flag("--down", down_, "What is made from it")->excludes(up);
    app.add_option("--row", row_, "The id of a row of an OMOP table")->type_name("ID");
    app.add_option("--format", format_, "text, json or openlineage")
        ->check(CLI::IsMember({"text", "json", "openlineage"}))
        ->default_str("text");
  }

  int Run(const VerbContext& context) override {
    const std::size_t dot = key_.find('.');
    const std::string key = key_.substr(0, dot);
    const bool as_json = context.flags.json || format_ == "json";
    if (row_) {
      return TellRow(context, key, as_json);
    }
    if (dot != std::string::npos) {
      return TellColumn(context, {key, key_.substr(dot + 1)}, as_json);
    }
    return format_ == "openlineage" ? TellOpenLineage(context, key) : TellAsset(context, key, as_json);
  }

 private:
  int TellRow(const VerbContext& context, const std::string& key, bool as_json) const {
    const assets::TableName table = assets::TableOf(key);
    if (table.schema != "omop") {
      throw core::Error(
          core::ErrorKind::kInvalidInput, "PL-0242", fmt::format("Rows of {} are not numbered", key),
          "--row takes an OMOP table; rows of fhir.* carry resource_id, source and source_line themselves.");
    }
    const auto origins = orchestration::TraceRow(context.principal, context.host.station().lake(), table.table, *row_);
    Json items = Json::array();
    std::string text;
    for (const RowOrigin& origin : origins) {
      items.push_back(JsonOf(origin));
      text += TextOf(key, *row_, origin);
    }
    if (as_json) {
      PrintJson(context.console, Json{{"asset", key}, {"row_id", *row_}, {"origins", items}}.dump());
    } else {
      context.console.Out(text);
    }
    return 0;
  }

  int TellColumn(const VerbContext& context, const TracedColumn& column, bool as_json) const {
    const TraceDirection direction = down_ ? TraceDirection::kDown : TraceDirection::kUp;
    const ColumnTrace trace = orchestration::TraceColumn(core::MetadataReaderFor(context.principal),
                                                         context.host.station().lake(), column, direction);
    if (!as_json) {
      context.console.Out(ColumnTree(trace, direction).From(column));
      return 0;
    }
    Json edges = Json::array();
    for (const catalog::ColumnEdge& edge : trace.edges) {
      edges.push_back({{"asset", edge.asset},
                       {"column", edge.column_name},
                       {"input", edge.input},
                       {"input_column", edge.input_column},
                       {"kind", edge.expression_kind}});
    }
    Json ends = Json::array();
    for (const TracedColumn& end : trace.ends) {
      ends.push_back({{"asset", end.asset}, {"column", end.column}});
    }
    PrintJson(context.console, Json{{"asset", column.asset},
                                    {"column", column.column},
                                    {"direction", down_ ? "down" : "up"},
                                    {"constant", trace.is_constant},
                                    {"ends", ends},
                                    {"edges", edges}}
                                   .dump());
    return 0;
  }

  int TellAsset(const VerbContext& context, const std::string& key, bool as_json) const {
    Station& station = context.host.station();
    const Inspection inspection = station.runner().Inspect(context.principal);
    const InspectedAsset* asset = FindAsset(inspection, key);
    const std::optional<AssetTrace> trace =
        orchestration::TraceAsset(core::MetadataReaderFor(context.principal), station.lake(), key);
    if (asset == nullptr && !trace) {
      throw core::Error(core::ErrorKind::kNotFound, "PL-0240", fmt::format("No asset of this key: {}", key),
                        "'pluginlake assets list' names all.");
    }
    const std::vector<std::string> next = asset == nullptr ? std::vector<std::string>{}
                                          : down_          ? asset->read_by
                                                           : asset->reads;
    if (as_json) {
      PrintJson(context.console, AssetJson(key, trace, next).dump());
      return 0;
    }
    std::string text = key + "\n";
    if (trace) {
      text += fmt::format("  snapshot {}, run {}, {} by {}, {} rows, code {}\n", trace->snapshot_id, trace->run_id,
                          trace->mode, trace->principal, trace->rows, trace->fingerprint);
      for (const auto& [input, snapshot_id] : trace->inputs) {
        text += fmt::format("  read {} at snapshot {}\n", input, snapshot_id);
      }
    } else {
      text += "  never built\n";
    }
    for (const std::string& other : next) {
      text += fmt::format("  {} {}\n", down_ ? "->" : "<-", other);
    }
    context.console.Out(text);
    return 0;
  }

  Json AssetJson(const std::string& key, const std::optional<AssetTrace>& trace,
                 const std::vector<std::string>& next) const {
    Json json{{"asset", key}, {"direction", down_ ? "down" : "up"}, {down_ ? "read_by" : "reads", next}};
    if (trace) {
      Json inputs = Json::array();
      for (const auto& [input, snapshot_id] : trace->inputs) {
        inputs.push_back({{"asset", input}, {"snapshot_id", snapshot_id}});
      }
      json["version"] = {{"run_id", trace->run_id},
                         {"snapshot_id", trace->snapshot_id},
                         {"fingerprint", trace->fingerprint},
                         {"mode", trace->mode},
                         {"rows", trace->rows},
                         {"principal", trace->principal},
                         {"committed_at", core::FormatUtc(trace->committed_at)},
                         {"inputs", inputs}};
    }
    return json;
  }

  int TellOpenLineage(const VerbContext& context, const std::string& key) const {
    Station& station = context.host.station();
    const Inspection inspection = station.runner().Inspect(context.principal);
    const InspectedAsset* asset = FindAsset(inspection, key);
    const std::optional<AssetTrace> trace =
        orchestration::TraceAsset(core::MetadataReaderFor(context.principal), station.lake(), key);
    if (asset == nullptr || !trace) {
      throw core::Error(core::ErrorKind::kNotFound, "PL-0243",
                        fmt::format("No asset of this key was ever built: {}", key),
                        "'pluginlake run' builds it; 'pluginlake assets list' names all.");
    }
    orchestration::OpenLineageSource source{
        .station = station.settings().station.name,
        .key = key,
        .description = asset->asset.description,
        .sql = asset->asset.sql,
        .table = {},
        .trace = *trace,
        .edges = orchestration::ColumnLineage(core::MetadataReaderFor(context.principal), station.lake())};
    if (source.station.empty()) {
      source.station = station.folder().substr(station.folder().rfind('/') + 1);
    }
    duck::Connection connection = station.lake().Connect();
    for (const schemas::Table& table : catalog::StandingTables(connection, station.project())) {
      if (table.QualifiedName() == asset->asset.table().text()) {
        source.table = table;
      }
    }
    for (const std::string& event : orchestration::OpenLineageEvents(source)) {
      context.console.Out(event + "\n");
    }
    return 0;
  }

  std::string key_;
  std::string format_ = "text";
  std::optional<std::int64_t> row_;
  bool up_ = false;
  bool down_ = false;
};

}  // namespace

std::unique_ptr<Verb> MakeLineage() { return std::make_unique<Lineage>(); }

}  // namespace pluginlake::app
