// Keeps batches, runs, cursors and small values: binds records to statements and reads rows back.
#include "pluginlake/state/store.h"

#include <algorithm>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/state/migrations.h"
#include "pluginlake/state/postgres_database.h"
#include "pluginlake/state/record_rows.h"
#include "pluginlake/state/sqlite_database.h"
#include "state/sql.h"

namespace pluginlake::state {
namespace {

using core::Error;
using core::ErrorKind;

std::unique_ptr<SqlDatabase> OpenDatabase(const StoreSettings& settings) {
  if (settings.location == "sqlite") {
    return std::make_unique<SqliteDatabase>(
        SqliteSettings{.path = settings.directory + "/state.sqlite", .busy_ms_max = settings.busy_ms_max});
  }
  return std::make_unique<PostgresDatabase>(PostgresSettings{.url = settings.location,
                                                             .session_script = {},
                                                             .connect_ms_max = settings.connect_ms_max,
                                                             .busy_ms_max = settings.busy_ms_max});
}

std::int64_t BoundedRows(std::int64_t rows_max) { return std::clamp<std::int64_t>(rows_max, 0, kListRowsMax); }

}  // namespace

std::unique_ptr<Store> Store::Open(const StoreSettings& settings) {
  std::unique_ptr<SqlDatabase> database = OpenDatabase(settings);
  Migrate(*database, KnownMigrations());
  return std::make_unique<Store>(std::move(database));
}

Store::Store(std::unique_ptr<SqlDatabase> database) : database_(std::move(database)) {}

Store::~Store() = default;

void Store::BeginBatch(const BatchStart& start) {
  std::scoped_lock lock(mutex_);
  core::FaultPoint("state.batch_before_write");
  database_->Run(sql::kBatchBegin, ValuesOf(start));
  core::FaultPoint("state.batch_after_write");
}

void Store::FinishBatch(const BatchFinish& finish) {
  const BatchCounts& counts = finish.counts;
  PL_CHECK(
      counts.received == counts.stored + counts.unchanged + counts.superseded + counts.deleted + counts.quarantined,
      "the counts of a batch do not reconcile");
  std::scoped_lock lock(mutex_);
  core::FaultPoint("state.finish_before_write");
  if (database_->Run(sql::kBatchFinish, ValuesOf(finish)).empty()) {
    throw Error(ErrorKind::kNotFound, "PL-0508", "There is no batch " + finish.batch_id + ".",
                "List the batches there are: pluginlake quarantine list.");
  }
  core::FaultPoint("state.finish_after_write");
}

std::vector<BatchRecord> Store::Batches(std::int64_t rows_max) {
  std::scoped_lock lock(mutex_);
  return BatchesOf(database_->Run(sql::kBatchList, {BoundedRows(rows_max)}));
}

std::optional<BatchRecord> Store::FindBatch(std::string_view batch_id) {
  std::scoped_lock lock(mutex_);
  return FirstOf(BatchesOf(database_->Run(sql::kBatchFind, {std::string(batch_id)})));
}

std::vector<BatchRecord> Store::UnfinishedBatches() {
  std::scoped_lock lock(mutex_);
  return BatchesOf(database_->Run(sql::kBatchUnfinished, {kListRowsMax}));
}

void Store::PutRun(const RunRecord& run) {
  std::scoped_lock lock(mutex_);
  database_->Run(sql::kRunPut, ValuesOf(run));
}

std::vector<RunRecord> Store::Runs(std::int64_t rows_max) {
  std::scoped_lock lock(mutex_);
  return RunsOf(database_->Run(sql::kRunList, {BoundedRows(rows_max)}));
}

std::optional<RunRecord> Store::FindRun(std::string_view run_id) {
  std::scoped_lock lock(mutex_);
  return FirstOf(RunsOf(database_->Run(sql::kRunFind, {std::string(run_id)})));
}

std::int64_t Store::AppendEvent(const EventRecord& event) {
  std::scoped_lock lock(mutex_);
  return std::get<std::int64_t>(database_->Run(sql::kEventAppend, ValuesOf(event)).at(0).at(0));
}

std::vector<EventRecord> Store::Events(std::string_view run_id, std::int64_t after_event_id, std::int64_t rows_max) {
  std::scoped_lock lock(mutex_);
  if (run_id.empty()) {
    return EventsOf(database_->Run(sql::kEventList, {after_event_id, BoundedRows(rows_max)}));
  }
  return EventsOf(database_->Run(sql::kEventListOfRun, {after_event_id, BoundedRows(rows_max), std::string(run_id)}));
}

void Store::PutCursor(const CursorRecord& cursor) {
  std::scoped_lock lock(mutex_);
  database_->Run(sql::kCursorPut, ValuesOf(cursor));
}

void Store::DropCursor(std::string_view consumer, std::string_view asset) {
  std::scoped_lock lock(mutex_);
  database_->Run("DELETE FROM consumer_cursor WHERE consumer = $1 AND asset = $2",
                 {std::string(consumer), std::string(asset)});
}

std::vector<CursorRecord> Store::Cursors() {
  std::scoped_lock lock(mutex_);
  return CursorsOf(database_->Run(sql::kCursorList, {}));
}

std::optional<std::int64_t> Store::LowestCursor() {
  std::scoped_lock lock(mutex_);
  return WholeNumber(database_->Run("SELECT min(snapshot_id) FROM consumer_cursor", {}).at(0).at(0));
}

void Store::PutValue(std::string_view key, std::string_view value) {
  std::scoped_lock lock(mutex_);
  database_->Run(sql::kValuePut, {std::string(key), std::string(value)});
}

std::optional<std::string> Store::FindValue(std::string_view key) {
  std::scoped_lock lock(mutex_);
  std::vector<SqlRow> rows = database_->Run("SELECT value FROM kept_value WHERE key = $1", {std::string(key)});
  return rows.empty() ? std::nullopt : std::optional(std::get<std::string>(rows.at(0).at(0)));
}

void Store::ReplaceInSources(std::string_view text, std::string_view other) {
  std::scoped_lock lock(mutex_);
  database_->Run("UPDATE batch SET source = replace(source, $1, $2)", {std::string(text), std::string(other)});
}

void Store::Vacuum() {
  std::scoped_lock lock(mutex_);
  database_->Vacuum();
}

std::int64_t Store::SchemaVersion() {
  std::scoped_lock lock(mutex_);
  return AppliedVersion(*database_);
}

}  // namespace pluginlake::state
