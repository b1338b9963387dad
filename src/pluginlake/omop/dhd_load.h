// Takes a delivery of the DHD thesauri into the lake, beside the Athena release that stands: seconds, one commit.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/core/principal.h"
#include "pluginlake/omop/dhd_delivery.h"
#include "pluginlake/omop/dhd_derive.h"
#include "pluginlake/omop/problem.h"
#include "pluginlake/omop/vocabulary_load.h"

namespace pluginlake::omop {

struct DhdLoadRequest {
  std::string run_id;
  sources::InputPath path;
  std::string as_of;  // "2025-08-15"; empty = the day of the delivery
  std::string program_version;
};

struct DhdLoadResult {
  std::string run_id;
  std::vector<DhdThesaurus> thesauri;
  std::vector<DhdCoverage> coverage;
  std::vector<Problem> problems;
  std::map<std::string, std::uint64_t> tables;  // DHD rows, by table
  std::optional<std::int64_t> snapshot_id;
  bool refused = false;  // a problem is an error: nothing was replaced
};

// What a load works with.
struct LoadParts {
  catalog::Lake& lake;
  catalog::Writer& writer;
  const LoadSettings& settings;
  const core::Principal& principal;
  core::Progress& progress;
  const core::Cancellation& cancellation;
};

// Reads the delivery beside the lake, and in one commit replaces the former delivery of the same thesauri, numbers what
// is new, and maps all. Throws what ReadDhdDelivery and Writer::Commit throw, and Interrupted.
DhdLoadResult LoadDhd(const LoadParts& parts, const DhdLoadRequest& request);

}  // namespace pluginlake::omop
