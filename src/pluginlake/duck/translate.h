// Turns what DuckDB refuses into core::Error; the only place that knows DuckDB's error types.
#pragma once

#include <duckdb.h>

#include <string_view>

#include "pluginlake/core/error.h"

namespace pluginlake::duck {

// Throws the core::Error (or core::Interrupted) that an error of DuckDB stands for. `doing` names the step in words.
[[noreturn]] void ThrowTranslated(duckdb_error_type type, std::string_view message, std::string_view doing);

}  // namespace pluginlake::duck
