// Spells numbers and draws bars.
#include "app/output/figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace pluginlake::app {

std::string Grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) {
    digits.insert(at - 3, ",");
  }
  return digits;
}

std::string SizeText(std::uint64_t bytes) {
  constexpr std::array kUnits = {"bytes", "kB", "MB", "GB", "TB"};
  double size = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (size >= 1000 && unit + 1 < kUnits.size()) {
    size /= 1000;
    ++unit;
  }
  return unit == 0 || size >= 100 ? fmt::format("{:.0f} {}", size, kUnits[unit])
                                  : fmt::format("{:.1f} {}", size, kUnits[unit]);
}

std::string Bar(std::uint64_t number, std::uint64_t most, std::uint64_t width_max) {
  constexpr std::array kParts = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (number == 0 || most == 0) {
    return {};
  }
  const std::uint64_t eighths = std::max<std::uint64_t>(1, number * width_max * kParts.size() / most);
  std::string bar;
  for (std::uint64_t i = 0; i < eighths / kParts.size(); ++i) {
    bar += "█";
  }
  return bar + kParts[eighths % kParts.size()];
}

}  // namespace pluginlake::app
