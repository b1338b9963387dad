// Composes the catalog's PostgreSQL URL from station.catalog and the postgres.* settings.
#pragma once

#include <string>

#include "pluginlake/core/settings.h"

namespace pluginlake::app {

// Returns "sqlite", or a postgres:// URL in which each part that postgres.* names replaced the same part of
// station.catalog. Throws invalid_input (PL-0212) for any other catalog.
std::string CatalogOf(const core::Settings& settings);

// Returns where the station's own records are: station.state, else beside the catalog ("sqlite" or a URL).
std::string StateOf(const core::Settings& settings);

}  // namespace pluginlake::app
