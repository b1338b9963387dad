// What is said of an archive that cannot be written or trusted.
#pragma once

#include <string>

namespace pluginlake::app {

// Throws exhausted (disk full, quota), not_found, denied or unavailable for what errno says about `path`.
[[noreturn]] void ThrowFileError(const std::string& path, const std::string& doing, int error_number);

// Throws invalid_input (PL-0952): the archive at `path` is cut or was changed; `what` says how that shows.
[[noreturn]] void ThrowDamagedArchive(const std::string& path, const std::string& what);

}  // namespace pluginlake::app
