// Takes FHIR files into raw.fhir_resource: two passes over the input, one commit, counts that add up.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/core/principal.h"
#include "pluginlake/fhir/resource.h"
#include "pluginlake/sources/input_path.h"
#include "pluginlake/sources/record_limits.h"

namespace pluginlake::catalog {
class Lake;
class Writer;
}  // namespace pluginlake::catalog
namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::sources {

struct IngestSettings {
  RecordLimits records;
  fhir::ParserSettings parser;
  FindSettings find;
  std::uint32_t threads = 2;
  std::uint64_t batch_records_max = 50'000'000;  // sources.batch_records_max: bounds the index in memory
  std::uint32_t quarantine_body_kb_max = 1024;
  std::uint32_t problems_max = 100;  // how many problems a result names; all are in quarantine
};

struct IngestRequest {
  std::string batch_id;
  std::vector<InputPath> paths;
  std::string source_name;  // --source; empty = none
  bool strict = false;      // one quarantined record or fault: nothing is committed
  std::string program_version;
};

// received = stored + unchanged + superseded + deleted + quarantined, for a batch, a file and a type (contract
// "Counts").
struct Counts {
  std::uint64_t received = 0;
  std::uint64_t stored = 0;
  std::uint64_t unchanged = 0;
  std::uint64_t superseded = 0;
  std::uint64_t deleted = 0;
  std::uint64_t quarantined = 0;

  Counts& operator+=(const Counts& other);
  bool add_up() const { return received == stored + unchanged + superseded + deleted + quarantined; }
};

struct FileResult {
  std::string source;  // as given
  Counts counts;
  std::string error;  // why it could not be read; empty = it was
};

// A record that was refused. Never holds a patient's data.
struct Problem {
  std::string source;
  std::uint64_t line = 0;
  std::string reason_code;
  std::string message;
};

struct IngestResult {
  std::string batch_id;
  Counts counts;
  std::optional<std::int64_t> snapshot_id;  // nullopt: nothing was written
  std::vector<FileResult> files;
  std::map<std::string, Counts> types;  // quarantined ones only where the type is known
  std::vector<Problem> problems;
  std::vector<SkippedInput> skipped;
  std::vector<SkippedInput> notes;
  std::uint64_t references_resolved_later = 0;  // versions of earlier batches whose reference found its target
  bool refused = false;                         // strict, and something was wrong: nothing was committed
};

// One a project. Thread-safe: several ingests may run, their commits one after the other.
class FhirIngest {
 public:
  FhirIngest(catalog::Lake& lake, catalog::Writer& writer, const IngestSettings& settings);

  // Reads all of `request` and commits it as one snapshot. Throws not_found and invalid_input for paths (see
  // FindInputFiles), conflict when a file changes while it is read, exhausted at a limit, Interrupted when cancelled;
  // then nothing of the batch is in the lake.
  IngestResult Run(const core::Principal& principal, const IngestRequest& request, core::Progress& progress,
                   const core::Cancellation& cancellation);

 private:
  catalog::Lake& lake_;
  catalog::Writer& writer_;
  IngestSettings settings_;
};

}  // namespace pluginlake::sources
