// Small facts about JSON text: unescaped strings, byte order marks, what is no text at all.
#pragma once

#include <string>
#include <string_view>

namespace pluginlake::sources {

// Returns the content of a JSON string (without quotes) with its escapes replaced; broken escapes stay as they are.
std::string UnescapeJson(std::string_view text);

// Returns the length of a UTF-8 byte order mark at the front: 3 or 0.
std::size_t ByteOrderMarkBytes(std::string_view text);

// Returns why the first bytes of a file are no UTF-8 text ("" when they may be): another encoding's mark, binary.
std::string_view WhyNotText(std::string_view first_bytes);

}  // namespace pluginlake::sources
