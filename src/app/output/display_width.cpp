// Measures UTF-8 by ranges of code points.
#include "app/output/display_width.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace pluginlake::app {
namespace {

struct Range {
  std::uint32_t first, last;
};
constexpr std::array kCombining = {Range{0x0300, 0x036F}, Range{0x1AB0, 0x1AFF}, Range{0x1DC0, 0x1DFF},
                                   Range{0x200B, 0x200F}, Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}};
constexpr std::array kWide = {Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},  Range{0x3041, 0xA4CF},
                              Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},  Range{0xFE30, 0xFE6F},
                              Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},  Range{0x1F300, 0x1F64F},
                              Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD}};

template <typename Ranges>
bool IsIn(const Ranges& ranges, std::uint32_t point) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](Range range) { return point >= range.first && point <= range.last; });
}

// Takes one code point off the front; a byte that starts none stands for itself.
std::uint32_t TakePoint(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
  size = std::min(size, text.size());
  std::uint32_t point = size == 1 ? lead : lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  text.remove_prefix(size);
  return point;
}

std::size_t WidthOf(std::uint32_t point) {
  if (point < 0x300) return 1;
  if (IsIn(kCombining, point)) return 0;
  return IsIn(kWide, point) ? 2 : 1;
}

}  // namespace

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    width += WidthOf(TakePoint(text));
  }
  return width;
}

std::string Printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view before = text;
    const std::uint32_t point = TakePoint(text);
    if (point == '\n') {
      out += "\\n";
    } else if (point == '\r') {
      out += "\\r";
    } else if (point == '\t') {
      out += "\\t";
    } else if (point < 0x20 || (point >= 0x7F && point < 0xA0)) {
      fmt::format_to(std::back_inserter(out), "\\x{:02x}", point);
    } else {
      out += before.substr(0, before.size() - text.size());
    }
  }
  return out;
}

std::string Shortened(const std::string& text, std::size_t width) {
  std::string_view rest = text;
  std::size_t used = 0;
  std::size_t keep = 0;  // bytes that fit beside the mark
  while (!rest.empty()) {
    used += WidthOf(TakePoint(rest));
    if (used > width) {
      return text.substr(0, keep) + "…";
    }
    if (used < width) {
      keep = text.size() - rest.size();
    }
  }
  return text;
}

}  // namespace pluginlake::app
