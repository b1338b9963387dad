// Finds the targets of conditional references, for the batch at hand and for versions that have waited for them.
#pragma once

#include <cstdint>

#include "pluginlake/duck/connection.h"
#include "pluginlake/sources/batch.h"

namespace pluginlake::sources {

// Settles the conditional references that `batch` holds or the lake waits for, as far as exactly one resource carries
// the identifier. Versions in the lake that waited are rewritten in place (body, content_hash, patient_id): the same
// version, and a change for consumers. Runs inside the batch's transaction; returns how many versions were rewritten.
std::uint64_t ResolveConditionalReferences(Batch& batch, duck::Connection& connection);

}  // namespace pluginlake::sources
