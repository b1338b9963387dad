// Finds the name that was probably meant.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace pluginlake::core {

// Returns the name nearest to `given` by edit distance (neighbours swapped count one), ignoring case; nullopt if all
// are too far (more than a third of its letters, at least two) to be what was meant.
std::optional<std::string> NearestName(std::string_view given, std::span<const std::string> names);

}  // namespace pluginlake::core
