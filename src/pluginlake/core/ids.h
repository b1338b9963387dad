// Ids of runs and batches: UUIDv7, sortable by the moment they were made.
#pragma once

#include <string>

namespace pluginlake::core {

// Returns a new UUIDv7 in its usual text form (36 characters); ids made by one process never go backwards.
std::string NewRunId();

}  // namespace pluginlake::core
