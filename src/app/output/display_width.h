// How wide text is on a terminal, and how to make it safe and short enough for one cell.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace pluginlake::app {

// Returns the columns that UTF-8 text takes on a terminal: 0 for combining marks, 2 for wide characters.
std::size_t DisplayWidth(std::string_view text);

// Returns `text` with control characters spelled (\n, \t, \x1b): one line, and nothing that steers the terminal.
std::string Printable(std::string_view text);

// Returns `text` if it fits in `width` columns, else its start and "…". `width` is at least 1.
std::string Shortened(const std::string& text, std::size_t width);

}  // namespace pluginlake::app
