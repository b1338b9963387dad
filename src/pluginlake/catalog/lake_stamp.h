// Tells cheaply whether a lake may have moved on, without opening it.
#pragma once

#include <string>

#include "pluginlake/core/project.h"

namespace pluginlake::catalog {

// Returns a text that changes with every commit: sizes and times of the catalog's files. The same text means that
// nothing was committed; another one that something may have been. Empty (always ask) when the catalog is a server's.
// Only looks at the files' status: opening them would cost DuckLake its locks.
std::string LakeStamp(const core::Project& project);

}  // namespace pluginlake::catalog
