// What the steps of one ingest share: its files, its limits, and what the survey found. Private to sources/.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

#include "pluginlake/core/cancel.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/sources/ingest.h"
#include "pluginlake/sources/reference_targets.h"
#include "pluginlake/sources/resource_key.h"
#include "pluginlake/sources/staging.h"

namespace pluginlake::sources {

struct Batch {
  const IngestSettings& settings;
  const IngestRequest& request;
  core::Progress& progress;
  const core::Cancellation& cancellation;
  InputSet input;
  Staging staging;
  ArrivalIndex arrivals;
  ReferenceTargets targets;
  IngestResult result;

  // Returns what the `source` columns hold for a file: `[NAME:]path as given`.
  std::string SourceOf(std::uint32_t file) const;
  bool IsNdjson(std::uint32_t file) const { return input.files[file].layout == Layout::kNdjson; }
  // Throws Interrupted when the batch was cancelled.
  void CheckCancelled() const {
    if (cancellation.is_requested()) {
      throw core::Interrupted{};
    }
  }
};

}  // namespace pluginlake::sources
