// Makes a station: a folder with settings, state, catalog and room for data.
#pragma once

#include <string>

#include "pluginlake/core/settings.h"

namespace pluginlake::app {

// What to make. station.catalog and station.data say where catalog and data shall be.
struct StationInit {
  std::string folder;  // absolute; not there yet, or empty
  core::Settings settings;
};

// Makes the station or leaves nothing behind: pluginlake.toml comes last, and what an init that was killed left is
// cleared by the next. Throws conflict (PL-0213) if the folder is not empty, denied if it cannot be written,
// and what the catalog says.
void InitStation(const StationInit& init);

}  // namespace pluginlake::app
