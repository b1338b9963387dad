// Writes what was measured at a visit as FHIR Observations.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <vector>

#include "app/demo/life.h"

namespace pluginlake::app::demo {

// Returns the visit's Observations without id, meta and references: what was measured in the room, then blood tests.
std::vector<nlohmann::ordered_json> ObservationsOf(const Visit& visit);

}  // namespace pluginlake::app::demo
