// Numbers as people read them: grouped digits, sizes, bars.
#pragma once

#include <cstdint>
#include <string>

namespace pluginlake::app {

// Returns "1,234,567".
std::string Grouped(std::uint64_t number);

// Returns "8.8 MB": three digits at most, powers of 1000.
std::string SizeText(std::uint64_t bytes);

// Returns a bar of at most `width_max` columns, in eighths; `most` fills it. A number above 0 is never invisible.
std::string Bar(std::uint64_t number, std::uint64_t most, std::uint64_t width_max);

}  // namespace pluginlake::app
