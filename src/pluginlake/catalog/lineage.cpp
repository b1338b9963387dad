// Turns a commit's facts into rows and JSON.
#include "pluginlake/catalog/lineage.h"

#include <chrono>
#include <nlohmann/json.hpp>

#include "catalog/sql.h"
#include "pluginlake/catalog/layout.h"

namespace pluginlake::catalog {
namespace {

using nlohmann::json;

json OrNull(const std::string& text) { return text.empty() ? json(nullptr) : json(text); }

duck::Value ValueOrNull(const std::string& text) {
  return text.empty() ? duck::Value(std::monostate{}) : duck::Value(std::string_view(text));
}

// A path may hold bytes that are no UTF-8; they are replaced, never refused.
std::string Dump(const json& value) { return value.dump(-1, ' ', false, json::error_handler_t::replace); }

void WriteRun(duck::Connection& connection, const CommitRecord& record) {
  const CommitInfo& info = record.info;
  const core::Principal& principal = record.principal;
  connection.Query(
      sql::kInsertLineageRun,
      {info.run_id, info.kind, principal.name, ValueOrNull(principal.on_behalf_of), ValueOrNull(principal.purpose),
       record.started_at, Now(), record.snapshot_id, ValueOrNull(info.code_fingerprint),
       ValueOrNull(info.program_version), ValueOrNull(record.outcome.counts_json)});
}

void WriteInputs(duck::Connection& connection, const CommitRecord& record) {
  json rows = json::array();
  for (const LineageInput& input : record.outcome.inputs) {
    rows.push_back({{"asset", input.asset},
                    {"input", input.input},
                    {"input_kind", input.input_kind},
                    {"content_hash", OrNull(input.content_hash)},
                    {"bytes", input.bytes},
                    {"records", input.records},
                    {"input_snapshot_id", input.input_snapshot_id ? json(*input.input_snapshot_id) : json(nullptr)}});
  }
  if (!rows.empty()) {
    connection.Query(sql::kInsertLineageInputs, {record.info.run_id, Dump(rows)});
  }
}

void WriteColumnEdges(duck::Connection& connection, const CommitRecord& record) {
  json rows = json::array();
  for (const ColumnEdge& edge : record.outcome.column_edges) {
    rows.push_back({{"asset", edge.asset},
                    {"column_name", edge.column_name},
                    {"input", edge.input},
                    {"input_column", edge.input_column},
                    {"expression_kind", edge.expression_kind}});
  }
  if (!rows.empty()) {
    connection.Query(sql::kInsertLineageColumnEdges, {record.info.run_id, Dump(rows)});
  }
}

void WriteAssetVersions(duck::Connection& connection, const CommitRecord& record) {
  json rows = json::array();
  for (const AssetVersion& version : record.outcome.asset_versions) {
    rows.push_back({{"asset", version.asset},
                    {"fingerprint", version.fingerprint},
                    {"mode", version.mode},
                    {"rows", version.rows},
                    {"rows_written", version.rows_written},
                    {"rows_removed", version.rows_removed},
                    {"duration_ms", version.duration_ms}});
  }
  if (!rows.empty()) {
    connection.Query(sql::kInsertLineageAssetVersions, {record.info.run_id, record.snapshot_id, Dump(rows)});
  }
}

std::string ExtraInfo(const CommitRecord& record) {
  json inputs = json::object();
  for (const LineageInput& input : record.outcome.inputs) {
    if (input.input_snapshot_id) {
      inputs[input.input] = *input.input_snapshot_id;
    }
  }
  return Dump({{"run_id", record.info.run_id},
               {"kind", record.info.kind},
               {"assets", record.info.assets},
               {"code_fingerprint", record.info.code_fingerprint},
               {"inputs", inputs}});
}

}  // namespace

duck::TimestampUtc Now() {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::microseconds>(since_epoch).count()};
}

void WriteLineage(duck::Connection& connection, const CommitRecord& record) {
  WriteRun(connection, record);
  WriteInputs(connection, record);
  WriteColumnEdges(connection, record);
  WriteAssetVersions(connection, record);
  LabelSnapshot(connection, record.project,
                {.author = record.principal.name, .message = record.info.message, .extra_info = ExtraInfo(record)});
}

}  // namespace pluginlake::catalog
