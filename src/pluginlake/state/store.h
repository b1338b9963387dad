// The station's own records on SQLite or PostgreSQL: what ran, what it did, how far each consumer has read.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/state/records.h"

namespace pluginlake::state {

class SqlDatabase;

// Where the records are and how long to wait for them.
struct StoreSettings {
  std::string location = "sqlite";  // "sqlite" = <directory>/state.sqlite, else a postgres:// URL (may hold a secret)
  std::string directory;            // the station's folder, absolute
  std::uint32_t busy_ms_max = 10'000;     // the longest wait for another process's lock on the database
  std::uint32_t connect_ms_max = 10'000;  // the longest wait for the PostgreSQL server
};

// Thread-safe: one database connection behind a mutex. Each call is one transaction and is on disk when it returns.
// Any call throws unavailable (PL-0503: the server is gone; names host and port), conflict (PL-0502: locked by
// another process), exhausted (PL-0504: disk full), internal (PL-0505: the database is damaged).
class Store {
 public:
  // Opens the records, makes them if there are none, and moves an older version forward (a copy is made before each
  // step: state.sqlite.before-NNNN beside the file, or the schema pluginlake_before_NNNN). Throws conflict (PL-0501)
  // if they were written by a newer program, internal (PL-0506) if a migration that was applied has changed since.
  static std::unique_ptr<Store> Open(const StoreSettings& settings);

  explicit Store(std::unique_ptr<SqlDatabase> database);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Records that a batch begins. Throws conflict (PL-0507) if its id is there already.
  void BeginBatch(const BatchStart& start);
  // Records how a batch ended; doing it again overwrites. Throws not_found (PL-0508) if the batch never began.
  void FinishBatch(const BatchFinish& finish);
  // Returns the newest batches first, at most `rows_max`.
  std::vector<BatchRecord> Batches(std::int64_t rows_max);
  std::optional<BatchRecord> FindBatch(std::string_view batch_id);
  // Puts `other` in place of `text` wherever the source of a batch has it.
  void ReplaceInSources(std::string_view text, std::string_view other);
  // Returns the batches that began and never ended, oldest first. The owner asks this right after it took the lock:
  // whether a batch's commit is in the lake is answered by lineage.run and the batch's run_id.
  std::vector<BatchRecord> UnfinishedBatches();

  // Records a run, or how it goes on: a second call with the same run_id overwrites.
  void PutRun(const RunRecord& run);
  // Returns the newest runs first, at most `rows_max`.
  std::vector<RunRecord> Runs(std::int64_t rows_max);
  std::optional<RunRecord> FindRun(std::string_view run_id);

  // Appends an event and returns its id.
  std::int64_t AppendEvent(const EventRecord& event);
  // Returns events after `after_event_id` in order, of one run unless `run_id` is empty, at most `rows_max`.
  std::vector<EventRecord> Events(std::string_view run_id, std::int64_t after_event_id, std::int64_t rows_max);

  // Moves a consumer's cursor (backward too: a consumer may ask to read again).
  void PutCursor(const CursorRecord& cursor);
  void DropCursor(std::string_view consumer, std::string_view asset);
  std::vector<CursorRecord> Cursors();
  // Returns the lowest snapshot a consumer still has to read from; nullopt if there is no consumer.
  std::optional<std::int64_t> LowestCursor();

  // Small settings the program keeps for itself ("station_id", …).
  void PutValue(std::string_view key, std::string_view value);
  std::optional<std::string> FindValue(std::string_view key);

  // Writes the database anew, so that nothing of what was overwritten or deleted is left in it.
  void Vacuum();

  // Returns the version of the records (the number of the last migration applied).
  std::int64_t SchemaVersion();

 private:
  std::mutex mutex_;
  std::unique_ptr<SqlDatabase> database_;
};

}  // namespace pluginlake::state
