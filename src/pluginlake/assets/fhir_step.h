// Brings the fhir.* tables up to date from raw.fhir_resource: all views in one pass over the resources that changed.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "pluginlake/assets/compute.h"
#include "pluginlake/assets/fhir_flatten.h"

namespace pluginlake::assets {

// A view asset, or the index, and from where it goes on; nullopt = computed in full.
struct FhirRequest {
  const Asset* asset = nullptr;
  std::optional<std::int64_t> cursor;
};

struct FhirOutcome {
  std::map<std::string, Computed> computed;  // by asset key
  std::uint64_t warnings = 0;
  std::map<std::string, std::int64_t> read;    // by asset key, unless in full: the changed resources that were read
  std::map<std::string, std::string> remarks;  // by asset key: what a station's own view refused
};

// Not thread-safe.
class FhirStep {
 public:
  FhirStep(Relations& relations, Compute& compute, const FlattenSettings& settings, core::Progress& progress,
           const core::Cancellation& cancellation);

  // Says whether this step computes the asset.
  static bool Takes(const Asset& asset);

  // Returns the types of the resources that changed after a cursor.
  static std::set<std::string> ChangedTypes(Relations& relations, std::int64_t cursor);

  // Stages the rows of all requests and marks in Relations what differs.
  FhirOutcome Run(const std::vector<FhirRequest>& requests);

 private:
  struct Changes {
    std::string table;     // the images of changed resources, in the workbench
    KeySet ids;            // resource_id
    KeySet references;     // Type/id
    bool only_new = true;  // first versions: no rows of them stand
  };

  void RunFull(const std::vector<const Asset*>& assets, FhirOutcome& outcome);
  void RunChanged(const std::vector<const Asset*>& assets, std::int64_t cursor, FhirOutcome& outcome);
  Changes GatherChanges(std::int64_t cursor);
  void StageViews(const std::vector<const Asset*>& assets, const std::string& from, FhirOutcome& outcome);
  void MarkRefused(const std::vector<RefusedResource>& refused);
  void Finish(const Asset& asset, const Changes& changes, FhirOutcome& outcome);

  Relations& relations_;
  Compute& compute_;
  const FlattenSettings settings_;
  core::Progress& progress_;
  const core::Cancellation& cancellation_;
};

}  // namespace pluginlake::assets
