// Puts Parquet files that were made beforehand in the place of a table's rows.
#pragma once

#include <span>
#include <string>

#include "pluginlake/catalog/lake.h"
#include "pluginlake/schemas/table.h"

namespace pluginlake::catalog {

// Makes `files` the content of the table, within the writer's transaction: a load of minutes is then a commit of
// milliseconds. The files have the table's columns by name and type. In a data folder on the same disk they are moved,
// else copied; into an object store their rows are written anew. The former rows stay readable by snapshot, but
// table_changes() does not reach across: the table is a new one of the same name.
void ReplaceTable(duck::Connection& connection, const Lake& lake, const schemas::Table& table,
                  std::span<const std::string> files);

}  // namespace pluginlake::catalog
