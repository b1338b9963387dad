// Turns staged tables into statements on the lake, inside the one writer's transaction.
#include "pluginlake/orchestration/wave.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "orchestration/sql.h"
#include "pluginlake/assets/column_edges.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"

namespace pluginlake::orchestration {
namespace {

using assets::Asset;
using assets::TableName;
using assets::Workbench;
using nlohmann::json;

std::string InLake(const TableName& table) {
  return fmt::format("{}.{}", duck::QuoteIdentifier(table.schema), duck::QuoteIdentifier(table.table));
}

// Writes one item's rows; the connection's current catalog is the lake's.
class ItemWriter {
 public:
  ItemWriter(const WaveContext& context, const WaveItem& item, duck::Connection& connection)
      : relations_(context.relations), asset_(*item.asset), item_(item), connection_(connection) {}

  void Write() {
    const TableName table = asset_.table();
    const std::string name = InLake(table);
    if (item_.computed.new_shape) {
      MakeTable(name);
      removed_ = static_cast<std::uint64_t>(item_.rows_before);
    } else if (item_.computed.standing == assets::Standing::kReplaced) {
      removed_ = item_.rows_before > 0 ? connection_.Query("DELETE FROM " + name).rows_changed() : 0;
    } else if (!item_.computed.only_new) {
      RemoveChanged(name);
    }
    const std::string order = OrderBy();
    written_ =
        connection_.Query(fmt::format("INSERT INTO {} SELECT * FROM {}{}", name, Workbench::Staged(table), order))
            .rows_changed();
  }

  std::int64_t written() const { return static_cast<std::int64_t>(written_); }
  std::int64_t removed() const { return static_cast<std::int64_t>(removed_); }

 private:
  // Rows of one person lie together, so that reading a few persons leaves most of the files out.
  std::string OrderBy() const {
    for (const char* column : {"person_id", "patient_id"}) {
      if (relations_.HasColumn(asset_.table(), column)) {
        return fmt::format(" ORDER BY {}", column);
      }
    }
    return asset_.key_column.empty() ? "" : " ORDER BY " + duck::QuoteIdentifier(asset_.key_column);
  }

  void MakeTable(const std::string& name) {
    connection_.Query("CREATE SCHEMA IF NOT EXISTS " + duck::QuoteIdentifier(asset_.table().schema));
    connection_.Query("DROP TABLE IF EXISTS " + name);
    std::string columns;
    for (const duck::Column& column : relations_.workbench().ColumnsOf(asset_.table())) {
      columns += fmt::format("{}{} {}", columns.empty() ? "" : ", ", duck::QuoteIdentifier(column.name), column.type);
    }
    connection_.Query(fmt::format("CREATE TABLE {} ({})", name, columns));
  }

  void RemoveChanged(const std::string& name) {
    const std::optional<assets::KeySet> keys = relations_.ChangedKeys(asset_.table());
    PL_CHECK(keys.has_value(), "a changed asset has no changed keys");
    const std::string column = duck::QuoteIdentifier(keys->column);
    removed_ = connection_
                   .Query(fmt::format("DELETE FROM {} WHERE {} IN (SELECT k FROM {} WHERE k IS NOT NULL)", name, column,
                                      keys->table))
                   .rows_changed();
    if (keys->has_null) {
      removed_ += connection_.Query(fmt::format("DELETE FROM {} WHERE {} IS NULL", name, column)).rows_changed();
    }
  }

  assets::Relations& relations_;
  const Asset& asset_;
  const WaveItem& item_;
  duck::Connection& connection_;
  std::uint64_t written_ = 0;
  std::uint64_t removed_ = 0;
};

const char* StatusOf(const assets::CheckResult& check) {
  return !check.error.empty() ? "error" : check.violated_rows == 0 ? "passed" : "failed";
}

void WriteChecks(duck::Connection& connection, const std::string& run_id, std::int64_t snapshot_id,
                 const std::vector<assets::CheckResult>& checks) {
  json rows = json::array();
  for (const assets::CheckResult& check : checks) {
    rows.push_back({{"check_id", check.asset + ":" + check.name},
                    {"check_name", check.name},
                    {"table_name", assets::TableOf(check.asset).text()},
                    {"severity", check.severity == assets::Severity::kError ? "error" : "warn"},
                    {"violated_rows", check.error.empty() ? json(check.violated_rows) : json(nullptr)},
                    {"denominator_rows", check.rows_looked_at},
                    {"status", StatusOf(check)}});
  }
  if (!rows.empty()) {
    connection.Query(sql::kInsertCheckResults, {run_id, snapshot_id, rows.dump()});
  }
}

// Writes all items and gathers what the lineage says of them.
class WaveWriter {
 public:
  WaveWriter(const WaveContext& context, const std::vector<WaveItem>& items, std::vector<AssetResult>& results)
      : context_(context), items_(items), results_(results), edges_(context.graph, context.relations) {}

  catalog::CommitOutcome Write(duck::Connection& connection, std::int64_t snapshot_id) {
    catalog::CommitOutcome outcome{.changed = true};
    std::vector<assets::CheckResult> checks;
    for (const WaveItem& item : items_) {
      core::FaultPoint("run.before_asset_write");
      AssetResult& result = results_[item.result];
      WriteItem(item, result, connection, snapshot_id, outcome);
      checks.insert(checks.end(), result.checks.begin(), result.checks.end());
    }
    WriteChecks(connection, context_.request.run_id, snapshot_id, checks);
    core::FaultPoint("run.after_wave_write");
    return outcome;
  }

 private:
  void WriteItem(const WaveItem& item, AssetResult& result, duck::Connection& connection, std::int64_t snapshot_id,
                 catalog::CommitOutcome& outcome) {
    catalog::AssetVersion version{.asset = item.asset->key,
                                  .fingerprint = item.fingerprint,
                                  .mode = NameOf(result.mode),
                                  .duration_ms = result.duration_ms};
    if (item.computed.standing != assets::Standing::kStands) {
      ItemWriter writer(context_, item, connection);
      writer.Write();
      version.rows_written = writer.written();
      version.rows_removed = writer.removed();
      result.snapshot_id = snapshot_id;
    }
    version.rows = item.rows_before + version.rows_written - version.rows_removed;
    result.rows = version.rows;
    result.rows_changed = version.rows_written + version.rows_removed;
    outcome.asset_versions.push_back(version);
    for (const auto& [source, cursor] : CursorsOf(item, context_.relations, snapshot_id)) {
      outcome.inputs.push_back({.asset = item.asset->key,
                                .input = assets::KeyOf(source),
                                .input_kind = "asset",
                                .input_snapshot_id = cursor});
    }
    if (item.new_code) {
      const std::vector<catalog::ColumnEdge> edges = edges_.Of(*item.asset);
      outcome.column_edges.insert(outcome.column_edges.end(), edges.begin(), edges.end());
    }
  }

  const WaveContext& context_;
  const std::vector<WaveItem>& items_;
  std::vector<AssetResult>& results_;
  assets::ColumnEdges edges_;
};

catalog::CommitInfo InfoOf(const WaveContext& context, std::vector<std::string> keys, std::string message) {
  return {.run_id = context.request.run_id,
          .kind = "run",
          .message = std::move(message),
          .code_fingerprint = "pluginlake/" + context.request.program_version,
          .assets = std::move(keys),
          .program_version = context.request.program_version};
}

}  // namespace

Cursors CursorsOf(const WaveItem& item, const assets::Relations& relations, std::int64_t snapshot_id) {
  Cursors cursors;
  for (const TableName& source : item.sources) {
    const assets::Standing standing = relations.StandingOf(source);
    const bool is_of_wave = standing == assets::Standing::kChanged || standing == assets::Standing::kReplaced;
    cursors[source] = is_of_wave ? snapshot_id : relations.snapshot_id();
  }
  return cursors;
}

std::optional<std::int64_t> CommitWave(const WaveContext& context, const std::vector<WaveItem>& items,
                                       std::vector<AssetResult>& results) {
  const auto differs = [](const WaveItem& item) { return item.computed.standing != assets::Standing::kStands; };
  // New code that makes the same rows is worth a commit: else the asset would be stale for ever.
  if (std::ranges::none_of(items, [&](const WaveItem& item) { return differs(item) || item.new_code; })) {
    return std::nullopt;
  }
  std::vector<std::string> keys;
  for (const WaveItem& item : items) {
    if (differs(item)) {
      keys.push_back(item.asset->key);
    }
  }
  WaveWriter writer(context, items, results);
  const std::string message = fmt::format("run of {} assets", keys.size());
  return context.writer.Commit(
      context.principal, InfoOf(context, std::move(keys), message),
      [&](duck::Connection& connection, std::int64_t snapshot_id) { return writer.Write(connection, snapshot_id); });
}

void CommitFailures(const WaveContext& context, const std::vector<assets::CheckResult>& failures) {
  if (failures.empty()) {
    return;
  }
  std::vector<std::string> keys;
  for (const assets::CheckResult& failure : failures) {
    if (std::ranges::find(keys, failure.asset) == keys.end()) {
      keys.push_back(failure.asset);
    }
  }
  const std::string message = fmt::format("refused by checks: {} assets", keys.size());
  context.writer.Commit(context.principal, InfoOf(context, {}, message),
                        [&](duck::Connection& connection, std::int64_t snapshot_id) {
                          WriteChecks(connection, context.request.run_id, snapshot_id, failures);
                          return catalog::CommitOutcome{.changed = true};
                        });
}

}  // namespace pluginlake::orchestration
