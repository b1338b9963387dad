// Writes the rows of a view as a Parquet file.
#pragma once

#include <cstdint>
#include <string>

#include "pluginlake/sources/view_source.h"

namespace pluginlake::app {

class Console;

struct ViewParquetSettings {
  std::string folder;  // where the file may stand until it is whole
  std::uint32_t threads = 1;
};

// Lets DuckDB write the rows into a scratch folder and gives the bytes to `console`. Throws what the input gives,
// Interrupted too; then nothing was given.
void WriteViewParquet(const sources::ViewRun& run, const ViewParquetSettings& settings, Console& console);

}  // namespace pluginlake::app
