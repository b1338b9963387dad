// Writes the rows of a statement as a Parquet file.
#pragma once

#include <string>

namespace pluginlake::duck {
class Connection;
}

namespace pluginlake::app {

struct VerbContext;

// Lets DuckDB write the rows of `sql`, which only reads, into the station's tmp/, and gives the bytes to stdout or the
// file of -o. Throws invalid_input for a statement that is no SELECT.
void WriteParquet(duck::Connection& connection, const std::string& sql, const VerbContext& context);

}  // namespace pluginlake::app
