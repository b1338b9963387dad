// Makes a DuckDB type from its name: "BIGINT", "DECIMAL(9,2)", "STRUCT(\"system\" VARCHAR, code VARCHAR)[]". Private to
// duck/.
#pragma once

#include <string_view>

#include "pluginlake/duck/raw.h"

namespace pluginlake::duck {

// `name` is one of our own: a type that no writer of chunks knows is our mistake (PL_CHECK).
RawLogicalType MakeLogicalType(std::string_view name);

}  // namespace pluginlake::duck
