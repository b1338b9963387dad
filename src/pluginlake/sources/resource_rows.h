// The second pass over a batch, as rows: DuckDB pulls the new versions straight out of the parsers.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "pluginlake/duck/source_table.h"
#include "pluginlake/sources/batch.h"
#include "pluginlake/sources/input_cursor.h"
#include "pluginlake/sources/repeated_arrivals.h"
#include "pluginlake/sources/version_history.h"

namespace pluginlake::sources {

// The rows of raw.fhir_resource that a batch adds. Counts stored, unchanged, superseded and deleted as it goes, and
// stages what hangs on the versions written (pending references, outdated identifiers).
class ResourceRows final : public duck::ChunkSource {
 public:
  ResourceRows(Batch& batch, const VersionHistories& histories, const RepeatedArrivals& repeated);
  ~ResourceRows() override;

  std::vector<duck::Column> Columns() const override;
  std::unique_ptr<duck::ChunkReader> Open() override;

  // Adds the counts of all readers to the batch's result; call when the INSERT is done.
  void AddCountsTo(IngestResult& result) const;

 private:
  class Reader;
  // What one reader counted; kept here since readers die on DuckDB's threads.
  struct Tally {
    std::vector<Counts> files;
    std::map<std::string, Counts, std::less<>> types;
  };

  Batch& batch_;
  const VersionHistories& histories_;
  const RepeatedArrivals& repeated_;
  InputCursor cursor_;
  std::int64_t received_at_micros_;
  mutable std::mutex mutex_;
  std::vector<std::unique_ptr<Tally>> tallies_;
  std::atomic<std::uint64_t> rows_{0};
};

}  // namespace pluginlake::sources
