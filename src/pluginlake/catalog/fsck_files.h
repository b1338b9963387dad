// The part of fsck that looks at one Parquet file after the other.
#pragma once

#include "pluginlake/catalog/data_files.h"
#include "pluginlake/catalog/fsck.h"

namespace pluginlake::catalog {

// Adds what is wrong with the lake's files to `report`.
void CheckFiles(Lake& lake, const FsckRequest& request, FsckReport& report);

}  // namespace pluginlake::catalog
