// JSON's lexical rules as pure functions: numbers, strings with escapes, canonical escaping.
#pragma once

#include <string>
#include <string_view>

namespace pluginlake::fhir {

// Says whether `token` is a number by RFC 8259.
bool IsJsonNumber(std::string_view token);

// Appends the content of a string (given without its quotes) to `content`, escapes undone, in UTF-8. Returns false,
// with an undefined rest in `content`, for an unknown escape or a surrogate without its other half. Content is never
// longer than `escaped`.
bool AppendUnescaped(std::string_view escaped, std::string& content);

// Appends `content` to `json` with quotes, in the one canonical escaping: \" and \\, \u00xx for control characters, all
// else as it is.
void AppendQuoted(std::string_view content, std::string& json);

}  // namespace pluginlake::fhir
