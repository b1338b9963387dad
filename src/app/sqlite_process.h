// Works on a SQLite file in a process of its own, for a file that DuckDB's SQLite has open in this one.
#pragma once

#include <optional>
#include <span>
#include <string>

namespace pluginlake::app {

// Two SQLite libraries in one process (DuckDB's and ours) do not see each other's locks on a file, and closing it in
// one drops the locks of the other; two processes do see them. Both throw what the other process said.

// Copies as of one moment while this process goes on writing.
void CopySqliteInOtherProcess(const std::string& source_path, const std::string& target_path);
// Writes the file anew without its free pages.
void VacuumSqliteInOtherProcess(const std::string& path);

// If the arguments are those of such a process, is that process: returns its exit code, and says on stderr why it
// failed.
std::optional<int> RunAsSqliteProcess(std::span<char*> arguments);

}  // namespace pluginlake::app
