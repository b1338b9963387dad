// What the state store keeps: batches, runs, events, consumers' cursors. Plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace pluginlake::state {

// Times are microseconds since 1970-01-01 00:00 UTC. In a record that goes into the store, 0 = now.
using Micros = std::int64_t;

// How far a batch or a run is. Unfinished (kRunning) records of an earlier process are what a crash left behind.
enum class Status { kRunning, kDone, kFailed, kInterrupted };

// Returns "running", "done", "failed", "interrupted", and back; StatusOf throws internal for another word.
const char* NameOf(Status status);
Status StatusOf(const std::string& name);

// What became of the records of a batch: received = the sum of the other five.
struct BatchCounts {
  std::int64_t received = 0;
  std::int64_t stored = 0;
  std::int64_t unchanged = 0;
  std::int64_t superseded = 0;
  std::int64_t deleted = 0;
  std::int64_t quarantined = 0;
};

// A batch as it begins. `run_id` is the id its commit carries in lineage.run: what a crash is reconciled by.
struct BatchStart {
  std::string batch_id;
  std::string run_id;
  std::string kind;       // "fhir", "synthea-csv", "omop-cdm"
  std::string source;     // --source NAME, or the PATHs as given; cut at kTextBytesMax
  std::string principal;  // who acts
  std::string program_version;
  Micros started_at = 0;
};

// How a batch ended. No snapshot id: nothing was written to the lake.
struct BatchFinish {
  std::string batch_id;
  Status status = Status::kDone;
  BatchCounts counts;
  std::optional<std::int64_t> snapshot_id;
  std::string message;  // why it failed; no patient's data; cut at kTextBytesMax
  Micros finished_at = 0;
};

// A batch as it stands in the store.
struct BatchRecord {
  BatchStart start;
  Status status = Status::kRunning;
  BatchCounts counts;
  std::optional<std::int64_t> snapshot_id;
  std::string message;
  std::optional<Micros> finished_at;
};

// A run of any verb that writes: maintenance, demo, later assets.
struct RunRecord {
  std::string run_id;
  std::string kind;
  std::string principal;
  Status status = Status::kRunning;
  Micros started_at = 0;
  std::optional<Micros> finished_at;
  std::optional<std::int64_t> snapshot_id;
  std::string detail_json;  // an object; empty = none
};

// One line of the event log; never changed or removed.
struct EventRecord {
  std::int64_t event_id = 0;  // given by the store, rising
  Micros at = 0;
  std::string kind;         // "batch.begun", "state.migrated", …
  std::string run_id;       // empty = of no run
  std::string message;      // no patient's data; cut at kTextBytesMax
  std::string detail_json;  // an object; empty = none
};

// How far a consumer has read an asset's changes. Snapshots from the lowest cursor on must not be expired.
struct CursorRecord {
  std::string consumer;  // "omop/person", "dagster"
  std::string asset;     // "raw/fhir_resource"
  std::int64_t snapshot_id = 0;
  Micros updated_at = 0;
};

// The longest free text a record holds; longer text is cut at a character's edge.
inline constexpr std::size_t kTextBytesMax = 8192;
// The most rows one list query returns.
inline constexpr std::int64_t kListRowsMax = 10'000;

}  // namespace pluginlake::state
