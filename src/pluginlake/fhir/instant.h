// FHIR's instant ("2024-02-29T13:28:17.239+02:00") as microseconds since 1970 in UTC.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace pluginlake::fhir {

// Returns `text` as microseconds since 1970-01-01T00:00:00Z; digits below a microsecond are cut off. A leap second
// (":60") is the first moment of the next minute. Returns nullopt for anything that is not a whole instant: no time, no
// offset, a date that does not exist, years outside 0001 to 9999.
std::optional<std::int64_t> ParseInstant(std::string_view text);

}  // namespace pluginlake::fhir
