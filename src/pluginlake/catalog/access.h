// Says who may touch the lake directly.
#pragma once

#include "pluginlake/core/principal.h"

namespace pluginlake::catalog {

// Throws denied (PL-0408) unless the principal is the local operator: every other role needs the gate, and the lake
// has none of its own.
void RequireOperator(const core::Principal& principal);

// As RequireOperator, and lets the program itself read what it hands out as names, ids and counts
// (core::MetadataReaderFor).
void RequireReader(const core::Principal& principal);

}  // namespace pluginlake::catalog
