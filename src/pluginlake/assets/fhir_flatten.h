// Evaluates ViewDefinitions over stored resources into staged tables: all views in one pass, several threads.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "pluginlake/assets/asset.h"
#include "pluginlake/assets/workbench.h"
#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/view.h"

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::assets {

// One view with the table its rows go to.
struct FlattenTarget {
  TableName table;
  std::shared_ptr<const fhir::View> view;  // shared_ptr: see View::Compile
  bool alone = false;                      // what it refuses is missing in its own table only, else in all
};

struct FlattenSettings {
  std::uint32_t threads = 2;
  fhir::TapeLimits tape;
  std::uint64_t refused_max = 100'000;  // refused resources named; more are counted only
};

// What flattening works with.
struct FlattenWork {
  Workbench& workbench;
  const FlattenSettings& settings;
  core::Progress& progress;
  const core::Cancellation& cancellation;
};

// A resource that a view cannot take, as SQL on FHIR defines errors. Holds no content of it.
struct RefusedResource {
  std::string resource_type;
  std::string resource_id;
  std::int64_t resource_version = 0;
  std::string message;
};

struct FlattenResult {
  std::uint64_t resources = 0;
  std::uint64_t warnings = 0;  // elements of an unexpected JSON type, read as NULL
  std::uint64_t refused_count = 0;
  std::vector<RefusedResource> refused;
  std::map<TableName, RefusedResource> left_out;  // by a view that stands alone: one resource it refused
};

// Returns the columns of a flattened table: where the row comes from, then the view's own.
std::vector<duck::Column> FlattenedColumns(const fhir::View& view);

// Makes the staged tables of all targets and fills them from `resources`: a SELECT of resource_type, resource_id,
// resource_version, patient_id, batch_id, source, source_line, body. A resource that one view of its type refuses has
// no row in any of them. Throws Interrupted when cancelled, and what DuckDB refuses.
FlattenResult Flatten(const FlattenWork& work, const std::vector<FlattenTarget>& targets, const std::string& resources);

}  // namespace pluginlake::assets
