// Copies a SQLite file in a process of its own, for a file that DuckDB's SQLite has open in this one.
#pragma once

#include <string>

namespace pluginlake::app {

// `pluginlake --copy-sqlite SOURCE TARGET` is that process; no verb, since nobody types it.
inline constexpr const char* kCopySqliteFlag = "--copy-sqlite";

// Copies as of one moment while this process goes on writing. Two SQLite libraries in one process (DuckDB's and ours)
// do not see each other's locks on a file, and closing it in one drops the locks of the other; two processes do see
// them.
void CopySqliteInOtherProcess(const std::string& source_path, const std::string& target_path);

// Is that process: returns its exit code, and says on stderr why it failed.
int RunSqliteCopy(const std::string& source_path, const std::string& target_path);

}  // namespace pluginlake::app
