// Edit distance with swaps of neighbours (optimal string alignment) over lower-case letters.
#include "pluginlake/core/nearest_name.h"

#include <algorithm>
#include <vector>

namespace pluginlake::core {
namespace {

std::string LowerCase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; });
  return lower;
}

std::size_t EditDistance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> before(to.size() + 1);
  std::vector<std::size_t> previous(to.size() + 1);
  std::vector<std::size_t> current(to.size() + 1);
  for (std::size_t column = 0; column <= to.size(); ++column) {
    previous[column] = column;
  }
  for (std::size_t row = 1; row <= from.size(); ++row) {
    current[0] = row;
    for (std::size_t column = 1; column <= to.size(); ++column) {
      std::size_t replaced = previous[column - 1] + (from[row - 1] == to[column - 1] ? 0 : 1);
      current[column] = std::min({replaced, previous[column] + 1, current[column - 1] + 1});
      bool swapped = row > 1 && column > 1 && from[row - 1] == to[column - 2] && from[row - 2] == to[column - 1];
      if (swapped) {
        current[column] = std::min(current[column], before[column - 2] + 1);
      }
    }
    std::swap(before, previous);
    std::swap(previous, current);
  }
  return previous[to.size()];
}

}  // namespace

std::optional<std::string> NearestName(std::string_view given, std::span<const std::string> names) {
  constexpr std::size_t kLengthMax = 200;
  if (given.size() > kLengthMax) {
    return std::nullopt;
  }
  std::string wanted = LowerCase(given);
  std::size_t nearest_distance = std::max<std::size_t>(2, wanted.size() / 3) + 1;
  std::optional<std::string> nearest;
  for (const std::string& name : names) {
    std::size_t distance = EditDistance(wanted, LowerCase(name));
    if (distance < nearest_distance && distance < name.size()) {
      nearest_distance = distance;
      nearest = name;
    }
  }
  return nearest;
}

}  // namespace pluginlake::core
