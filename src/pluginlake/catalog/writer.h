// The one writer of a project: every commit passes here, with its lineage rows in the same transaction.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/core/principal.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::catalog {

class Lake;

// One input that a commit read: a row of lineage.input.
struct LineageInput {
  std::string asset;         // "raw/fhir_resource"
  std::string input;         // a path as given, or an asset key
  std::string input_kind;    // "file", "asset"
  std::string content_hash;  // empty = not known
  std::uint64_t bytes = 0;
  std::uint64_t records = 0;
  std::optional<std::int64_t> input_snapshot_id;  // of an asset: the version that was read
};

// One column that comes from another: a row of lineage.column_edge.
struct ColumnEdge {
  std::string asset;
  std::string column_name;
  std::string input;
  std::string input_column;
  std::string expression_kind;  // "identity", "expression", "aggregate"
};

// How one asset was brought up to date by a commit: a row of lineage.asset_version.
struct AssetVersion {
  std::string asset;
  std::string fingerprint;  // of its code
  std::string mode;         // "full", "incremental"
  std::int64_t rows = 0;    // in the table afterwards
  std::int64_t rows_written = 0;
  std::int64_t rows_removed = 0;
  std::int64_t duration_ms = 0;
};

// What a commit is, known before its work starts.
struct CommitInfo {
  std::string run_id;
  std::string kind;  // "ingest", "run", "demo", …
  std::string message;
  std::string code_fingerprint;
  std::vector<std::string> assets;
  std::string program_version;
};

// What the work of a commit did. Not changed = the transaction is rolled back and no snapshot is made.
struct CommitOutcome {
  bool changed = false;
  std::vector<LineageInput> inputs;
  std::string counts_json;  // an object; empty = none
  std::vector<ColumnEdge> column_edges;
  std::vector<AssetVersion> asset_versions;
};

// Serializes the commits of a project. Thread-safe: a second caller waits for the first.
class Writer {
 public:
  // Runs inside the transaction; `next_snapshot_id` is the id this commit will have (rows may hold it).
  using Work = std::function<CommitOutcome(duck::Connection& connection, std::int64_t next_snapshot_id)>;

  explicit Writer(Lake& lake);
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  // Runs `work` in one transaction, adds the lineage rows and the snapshot's commit_extra_info, syncs the data files
  // and commits. Returns the snapshot's id; nullopt if nothing changed (rolled back). What `work` throws comes out
  // after the rollback; its half-written files go before the next write. A COMMIT that fails throws exhausted (disk
  // full), unavailable (the server is gone) or internal; nothing of the transaction is in the lake then.
  std::optional<std::int64_t> Commit(const core::Principal& principal, const CommitInfo& info, const Work& work);

  // Runs `work` while no commit runs, after what an unfinished transaction left behind was removed: for fsck,
  // maintenance and backup. `work` must not call the writer.
  void Exclusively(const std::function<void(Lake&)>& work);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pluginlake::catalog
