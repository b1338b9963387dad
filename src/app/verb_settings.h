// Loads the settings that one command line runs with.
#pragma once

#include <string>

#include "pluginlake/core/settings_load.h"

namespace pluginlake::app {

struct GlobalFlags;
struct Invocation;

// Returns the settings of --set, the environment, .env of the station and of the working directory, and the station's
// file. `station_folder` may be empty. Throws PL-0101 with every problem.
core::LoadedSettings LoadVerbSettings(const Invocation& invocation, const GlobalFlags& flags,
                                      const std::string& station_folder);

}  // namespace pluginlake::app
