// Reads a statement from the file of -f.
#pragma once

#include <string>

namespace pluginlake::app {

struct PathArgument;

// Returns the file's text; reads through the descriptor if a client opened it. Throws not_found (PL-0223), and
// invalid_input if the file is larger than a statement may be (1 MB).
std::string ReadSqlFile(const PathArgument& path);

}  // namespace pluginlake::app
