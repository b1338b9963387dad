// Fits the settings file of a backed-up station to its new place.
#pragma once

#include <string>
#include <string_view>

namespace pluginlake::app {

// Returns the text with station.catalog = `catalog` and station.data = "data", without station.state and the section
// [postgres], which name the old server; every other line and comment stays.
std::string FitSettings(std::string_view text, const std::string& catalog);

// Does so with the file at `path`.
void WriteRestoredSettings(const std::string& path, const std::string& catalog);

}  // namespace pluginlake::app
