// Builds the events facet by facet; each facet names the schema it follows.
#include "pluginlake/orchestration/open_lineage.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "pluginlake/assets/asset.h"
#include "pluginlake/core/clock.h"
#include "pluginlake/core/version.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::orchestration {
namespace {

using catalog::ColumnEdge;
using nlohmann::json;

constexpr const char* kProducer = "https://github.com/plugin-healthcare/pluginlake";
constexpr const char* kSpec = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent";

json Facet(const std::string& version, const std::string& name, json content) {
  content["_producer"] = kProducer;
  content["_schemaURL"] = fmt::format("https://openlineage.io/spec/facets/{}/{}.json#/$defs/{}", version, name, name);
  return content;
}

class Builder {
 public:
  explicit Builder(const OpenLineageSource& source) : source_(source) {
    for (const auto& [input, snapshot] : source.trace.inputs) {
      inputs_.insert(input);
    }
  }

  std::string Event(const char* type, std::int64_t moment, bool with_output) const {
    json event{{"eventType", type},
               {"eventTime", core::FormatUtc(moment)},
               {"producer", kProducer},
               {"schemaURL", kSpec},
               {"run", {{"runId", source_.trace.run_id}, {"facets", {{"processing_engine", Engine()}}}}},
               {"job", Job()},
               {"inputs", Inputs()},
               {"outputs", json::array()}};
    if (with_output) {
      event["outputs"].push_back(Output());
    }
    return event.dump(-1, ' ', false, json::error_handler_t::replace);
  }

 private:
  std::string Namespace() const { return "pluginlake://" + source_.station; }

  json Engine() const {
    return Facet("1-1-1", "ProcessingEngineRunFacet",
                 {{"version", duck::LibraryVersion()},
                  {"name", "DuckDB"},
                  {"openlineageAdapterVersion", source_.trace.program_version}});
  }

  json Job() const {
    json facets = json::object();
    if (!source_.description.empty()) {
      facets["documentation"] = Facet("1-1-0", "DocumentationJobFacet", {{"description", source_.description}});
    }
    if (!source_.sql.empty()) {
      facets["sql"] = Facet("1-1-0", "SQLJobFacet", {{"query", source_.sql}, {"dialect", "duckdb"}});
    }
    return {{"namespace", Namespace()}, {"name", source_.key}, {"facets", facets}};
  }

  json Version(std::int64_t snapshot_id) const {
    return Facet("1-0-1", "DatasetVersionDatasetFacet", {{"datasetVersion", std::to_string(snapshot_id)}});
  }

  json Inputs() const {
    json inputs = json::array();
    for (const auto& [input, snapshot_id] : source_.trace.inputs) {
      inputs.push_back({{"namespace", Namespace()},
                        {"name", assets::TableOf(input).text()},
                        {"facets", {{"version", Version(snapshot_id)}}}});
    }
    return inputs;
  }

  json Output() const {
    json fields = json::array();
    for (const schemas::Field& field : source_.table.fields) {
      fields.push_back({{"name", field.name}, {"type", field.type}});
    }
    return {{"namespace", Namespace()},
            {"name", assets::TableOf(source_.key).text()},
            {"facets",
             {{"schema", Facet("1-2-0", "SchemaDatasetFacet", {{"fields", fields}})},
              {"version", Version(source_.trace.snapshot_id)},
              {"columnLineage", Facet("1-2-0", "ColumnLineageDatasetFacet", {{"fields", Columns()}})}}},
            {"outputFacets",
             {{"outputStatistics",
               Facet("1-0-2", "OutputStatisticsOutputDatasetFacet", {{"rowCount", source_.trace.rows_written}})}}}};
  }

  json Columns() const {
    json columns = json::object();
    for (const schemas::Field& field : source_.table.fields) {
      std::map<TracedColumn, std::string> found;
      std::set<TracedColumn> seen;
      Gather({source_.key, field.name}, "identity", seen, found);
      json inputs = json::array();
      for (const auto& [column, kind] : found) {
        inputs.push_back({{"namespace", Namespace()},
                          {"name", assets::TableOf(column.asset).text()},
                          {"field", column.column},
                          {"transformations", {{{"type", "DIRECT"}, {"subtype", Subtype(kind)}}}}});
      }
      columns[field.name] = {{"inputFields", inputs}};
    }
    return columns;
  }

  static const char* Subtype(const std::string& kind) {
    return kind == "identity" ? "IDENTITY" : kind == "aggregate" ? "AGGREGATION" : "TRANSFORMATION";
  }

  static int RankOf(const std::string& kind) { return kind == "aggregate" ? 2 : kind == "expression" ? 1 : 0; }

  // Looks through parts that are in no table, down to columns of the tables that were read.
  void Gather(const TracedColumn& column, const std::string& kind, std::set<TracedColumn>& seen,
              std::map<TracedColumn, std::string>& found) const {
    if (!seen.insert(column).second) {
      return;
    }
    for (const ColumnEdge& edge : source_.edges) {
      if (edge.asset != column.asset || edge.column_name != column.column || edge.expression_kind == "constant") {
        continue;
      }
      const std::string further = RankOf(edge.expression_kind) > RankOf(kind) ? edge.expression_kind : kind;
      if (inputs_.contains(edge.input)) {
        std::string& known = found[{edge.input, edge.input_column}];
        known = RankOf(further) > RankOf(known) ? further : known.empty() ? further : known;
      } else {
        Gather({edge.input, edge.input_column}, further, seen, found);
      }
    }
  }

  const OpenLineageSource& source_;
  std::set<std::string> inputs_;
};

}  // namespace

std::vector<std::string> OpenLineageEvents(const OpenLineageSource& source) {
  const Builder builder(source);
  return {builder.Event("START", source.trace.started_at, false),
          builder.Event("COMPLETE", source.trace.committed_at, true)};
}

}  // namespace pluginlake::orchestration
