// Values that go into a prepared statement or an appender and come out of a chunk, without DuckDB's header.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace pluginlake::duck {

// Microseconds since 1970-01-01T00:00:00Z: TIMESTAMPTZ.
struct TimestampUtc {
  std::int64_t micros = 0;
  auto operator<=>(const TimestampUtc&) const = default;
};

// What may be bound to a parameter. Text is copied by DuckDB when bound.
using Value = std::variant<std::monostate, bool, std::int64_t, double, std::string_view, TimestampUtc>;

}  // namespace pluginlake::duck
