// Where DuckDB's extensions are, and which ones a lake needs.
#pragma once

#include <string>
#include <vector>

namespace pluginlake::app {

// Returns the folder: `variable` (PLUGINLAKE_EXTENSION_DIR), else beside the binary (../lib/pluginlake/extensions),
// else that of the SDK this binary was built with.
std::string ExtensionFolder(const std::string& variable);

// Returns the names a station may need: ducklake, sqlite_scanner, postgres_scanner, httpfs, icu.
std::vector<std::string> ExtensionNames();

// Returns FOLDER/NAME.duckdb_extension.
std::string ExtensionPath(const std::string& folder, const std::string& name);

}  // namespace pluginlake::app
