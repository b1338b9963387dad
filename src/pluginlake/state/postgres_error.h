// Translates what a PostgreSQL server refuses into the one Error.
#pragma once

#include <string>
#include <string_view>

namespace pluginlake::state {

// Throws what `sqlstate` means; `place` is host:port/database, `message` the server's primary message (no values).
[[noreturn]] void ThrowPostgresError(std::string_view sqlstate, const std::string& place, std::string_view message);

// Throws for a session that could not be opened; `message` is libpq's, without a secret.
[[noreturn]] void ThrowPostgresConnectError(const std::string& place, const std::string& message);

}  // namespace pluginlake::state
