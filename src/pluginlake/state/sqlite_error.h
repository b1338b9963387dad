// Translates SQLite's result codes into the one Error.
#pragma once

#include <string>

namespace pluginlake::state {

// Throws what `code` (extended) means for the file at `path`; `what` is SQLite's own message, which holds no values.
[[noreturn]] void ThrowSqliteError(int code, const std::string& path, const std::string& what);

}  // namespace pluginlake::state
