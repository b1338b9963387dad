// Takes a release of vocabularies into the lake: read, checked beside it, replaced in one commit.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pluginlake/core/principal.h"
#include "pluginlake/omop/dhd_derive.h"
#include "pluginlake/omop/gate.h"
#include "pluginlake/omop/problem.h"
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

namespace pluginlake::omop {

struct DhdLoadRequest;
struct DhdLoadResult;
struct MapLoadRequest;
struct MapLoadResult;

struct LoadSettings {
  std::string staging_directory;       // the load's alone; what an interrupted load leaves there, the next one takes up
  std::uint64_t memory_mb_max = 2048;  // vocab.memory_mb_max
  std::uint64_t temp_mb_max = 0;
  std::uint32_t threads = 2;
  sources::RecordLimits limits;  // of unpacking
};

struct LoadRequest {
  std::string run_id;
  sources::InputPath path;
  GateSettings gate;
  bool partial = false;            // load what the gate refuses
  std::set<std::string> accepted;  // codes of problems that are told, and no reason to refuse
  std::string program_version;
};

// What one phase of a load took.
struct Phase {
  std::string name;
  double seconds = 0;
};

struct LoadResult {
  std::string run_id;
  std::string release;                          // empty = the bundle does not say
  std::map<std::string, std::uint64_t> tables;  // rows that the lake has afterwards, by table
  std::vector<Problem> problems;
  std::optional<std::int64_t> snapshot_id;  // nullopt: nothing was written
  bool refused = false;
  std::vector<Phase> phases;
  std::vector<DhdCoverage> dhd_coverage;  // of the DHD thesauri, mapped anew over this release
};

// One a project. Thread-safe: a second load at once is refused with conflict (PL-1013), which names the first.
class VocabularyLoad {
 public:
  VocabularyLoad(catalog::Lake& lake, catalog::Writer& writer, const LoadSettings& settings);

  // Loads an Athena bundle. A bundle with errors is refused (nothing is replaced) unless `partial`. A bundle whose
  // concepts are all local (from 2,000,000,000) leaves the Athena release alone; an Athena release leaves local
  // vocabularies alone. Throws what OpenBundle, ClaimLocalIds and Writer::Commit throw, and Interrupted.
  LoadResult Run(const core::Principal& principal, const LoadRequest& request, core::Progress& progress,
                 const core::Cancellation& cancellation);

  // Loads a delivery of the DHD thesauri beside the Athena release. Throws what LoadDhd throws.
  DhdLoadResult RunDhd(const core::Principal& principal, const DhdLoadRequest& request, core::Progress& progress,
                       const core::Cancellation& cancellation);

  // Loads a file of local maps. Throws what LoadMap throws.
  MapLoadResult RunMap(const core::Principal& principal, const MapLoadRequest& request, core::Progress& progress,
                       const core::Cancellation& cancellation);

 private:
  catalog::Lake& lake_;
  catalog::Writer& writer_;
  LoadSettings settings_;
  std::mutex running_mutex_;  // guards running_
  std::string running_;       // what is being loaded; empty = nothing
};

}  // namespace pluginlake::omop
