// Decodes escapes, and looks at first bytes.
#include "pluginlake/sources/json_text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>

#include "pluginlake/sources/json_scan.h"

namespace pluginlake::sources {
namespace {

constexpr std::size_t kSampleBytes = 4096;

void AppendUtf8(std::uint32_t code, std::string& out) {
  const auto byte = [&out](std::uint32_t bits) { out.push_back(static_cast<char>(bits)); };
  if (code < 0x80) {
    byte(code);
  } else if (code < 0x800) {
    byte(0xC0 | code >> 6), byte(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    byte(0xE0 | code >> 12), byte(0x80 | (code >> 6 & 0x3F)), byte(0x80 | (code & 0x3F));
  } else {
    byte(0xF0 | code >> 18), byte(0x80 | (code >> 12 & 0x3F)), byte(0x80 | (code >> 6 & 0x3F)),
        byte(0x80 | (code & 0x3F));
  }
}

// Reads `\uXXXX` at `at`; nullopt when it is none.
std::optional<std::uint32_t> ReadUnit(std::string_view text, std::size_t at) {
  std::uint32_t unit = 0;
  if (at + 6 > text.size() || text[at] != '\\' || text[at + 1] != 'u') {
    return std::nullopt;
  }
  const char* end = text.data() + at + 6;
  const auto [stop, error] = std::from_chars(text.data() + at + 2, end, unit, 16);
  return error == std::errc() && stop == end ? std::optional(unit) : std::nullopt;
}

// Appends the escape at `at` and returns its length.
std::size_t AppendEscape(std::string_view text, std::size_t at, std::string& out) {
  if (auto unit = ReadUnit(text, at)) {
    std::uint32_t code = *unit;
    if ((code & 0xFC00) == 0xD800) {
      if (auto low = ReadUnit(text, at + 6); low && (*low & 0xFC00) == 0xDC00) {
        AppendUtf8(0x10000 + ((code & 0x3FF) << 10 | (*low & 0x3FF)), out);
        return 12;
      }
    }
    AppendUtf8((code & 0xF800) == 0xD800 ? 0xFFFD : code, out);
    return 6;
  }
  constexpr std::string_view kNames = "bfnrt\"\\/";
  constexpr std::string_view kValues = "\b\f\n\r\t\"\\/";
  const std::size_t which = at + 1 < text.size() ? kNames.find(text[at + 1]) : std::string_view::npos;
  if (which == std::string_view::npos) {
    out.push_back('\\');
    return 1;
  }
  out.push_back(kValues[which]);
  return 2;
}

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f';
}

bool MayBeginJson(char c) { return std::string_view("{[\"-0123456789tfn").find(c) != std::string_view::npos; }

}  // namespace

std::string UnescapeJson(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] != '\\') {
      out.push_back(text[at++]);
    } else {
      at += AppendEscape(text, at, out);
    }
  }
  return out;
}

std::size_t ByteOrderMarkBytes(std::string_view text) { return text.starts_with("\xEF\xBB\xBF") ? 3 : 0; }

std::string_view WhyNotText(std::string_view first_bytes) {
  using namespace std::string_view_literals;
  const std::string_view sample = first_bytes.substr(0, kSampleBytes);
  if (sample.starts_with("\xFE\xFF"sv) || sample.starts_with("\xFF\xFE"sv)) {
    return "The file is UTF-16 or UTF-32, not UTF-8.";
  }
  if (sample.substr(0, 4).find('\0') != std::string_view::npos) {
    return "The file begins with zero bytes: it is binary, or UTF-16 or UTF-32.";
  }
  const auto controls = static_cast<std::size_t>(std::count_if(sample.begin(), sample.end(), IsControl));
  const char* first = SkipBlank(sample.data(), sample.data() + sample.size());
  const bool strange = first != sample.data() + sample.size() && !MayBeginJson(*first);
  if (controls * 10 > sample.size() || (controls != 0 && strange)) {
    return "The file is binary, not text.";
  }
  return {};
}

}  // namespace pluginlake::sources
