// What a Connection holds. Private to duck/.
#pragma once

#include <string_view>

#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database_impl.h"
#include "pluginlake/duck/raw.h"

namespace pluginlake::duck {

struct Connection::Impl {
  Database::Impl* database = nullptr;  // outlives the connection
  RawConnection raw;
};

// Returns the error type that a message's head names: preparing gives DuckDB's message only.
duckdb_error_type ErrorTypeOf(std::string_view message);

}  // namespace pluginlake::duck
