// The handles of DuckDB's C API that this room passes around. Private to duck/.
#pragma once

#include <duckdb.h>

#include "pluginlake/duck/handle.h"

namespace pluginlake::duck {

using RawDatabase = Handle<duckdb_database, duckdb_close>;
using RawConnection = Handle<duckdb_connection, duckdb_disconnect>;
using RawConfig = Handle<duckdb_config, duckdb_destroy_config>;
using RawPrepared = Handle<duckdb_prepared_statement, duckdb_destroy_prepare>;
using RawExtracted = Handle<duckdb_extracted_statements, duckdb_destroy_extracted>;
using RawLogicalType = Handle<duckdb_logical_type, duckdb_destroy_logical_type>;
using RawChunk = Handle<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using RawTableFunction = Handle<duckdb_table_function, duckdb_destroy_table_function>;

}  // namespace pluginlake::duck
