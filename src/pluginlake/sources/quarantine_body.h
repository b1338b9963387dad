// What quarantine keeps of a broken record: its bytes as text, and the id that makes it one row for ever.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pluginlake::sources {

// Returns `bytes` as text: as they are when they are UTF-8 without NUL, else "base64:" and their Base64 form. More than
// `bytes_max` are cut there (at a character's end).
std::string QuarantineBody(std::string_view bytes, std::size_t bytes_max);

// Returns the id of a broken record, "q" and 16 hexadecimal digits: the same for the same bytes, source and line.
std::string QuarantineId(std::string_view bytes, std::string_view source, std::uint64_t line);

}  // namespace pluginlake::sources
