// Writes the minimal pluginlake.toml of a new station.
#pragma once

#include <filesystem>

#include "pluginlake/core/settings.h"

namespace pluginlake::app {

// Writes `path` (0600: the catalog's URL may hold a password) by rename, synced.
void WriteStationFile(const std::filesystem::path& path, const core::Settings& settings);

}  // namespace pluginlake::app
