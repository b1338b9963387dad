// Scalar code: numbers are short and escapes are rare.
#include "pluginlake/fhir/json_text.h"

#include <cstdint>
#include <optional>

namespace pluginlake::fhir {

namespace {

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

// Returns the position after the digits that start at `at`.
std::size_t SkipDigits(std::string_view token, std::size_t at) {
  while (at < token.size() && IsDigit(token[at])) {
    ++at;
  }
  return at;
}

std::optional<std::uint32_t> ReadFourHex(std::string_view text) {
  if (text.size() < 4) {
    return std::nullopt;
  }
  std::uint32_t unit = 0;
  for (const char digit : text.substr(0, 4)) {
    const char lower = static_cast<char>(digit | 0x20);
    if (!IsDigit(digit) && !(lower >= 'a' && lower <= 'f')) {
      return std::nullopt;
    }
    unit = unit * 16 + static_cast<std::uint32_t>(IsDigit(digit) ? digit - '0' : lower - 'a' + 10);
  }
  return unit;
}

void AppendUtf8(std::uint32_t point, std::string& content) {
  const auto tail = [&](int shift) { content.push_back(static_cast<char>(0x80 | ((point >> shift) & 0x3F))); };
  if (point < 0x80) {
    content.push_back(static_cast<char>(point));
  } else if (point < 0x800) {
    content.push_back(static_cast<char>(0xC0 | (point >> 6)));
    tail(0);
  } else if (point < 0x10000) {
    content.push_back(static_cast<char>(0xE0 | (point >> 12)));
    tail(6);
    tail(0);
  } else {
    content.push_back(static_cast<char>(0xF0 | (point >> 18)));
    tail(12);
    tail(6);
    tail(0);
  }
}

// Reads the \u escape whose digits `rest` starts with, with the second half of a surrogate pair; cuts it off `rest`.
bool TakeUnicodeEscape(std::string_view& rest, std::string& content) {
  const std::optional<std::uint32_t> unit = ReadFourHex(rest);
  if (!unit || (*unit >= 0xDC00 && *unit < 0xE000)) {
    return false;
  }
  rest.remove_prefix(4);
  if (*unit < 0xD800 || *unit >= 0xE000) {
    AppendUtf8(*unit, content);
    return true;
  }
  const std::optional<std::uint32_t> low = rest.starts_with("\\u") ? ReadFourHex(rest.substr(2)) : std::nullopt;
  if (!low || *low < 0xDC00 || *low >= 0xE000) {
    return false;
  }
  rest.remove_prefix(6);
  AppendUtf8(0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00), content);
  return true;
}

// Cuts one escape (its letter first) off `rest` and appends what it stands for.
bool TakeEscape(std::string_view& rest, std::string& content) {
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kBytes = "\"\\/\b\f\n\r\t";
  if (rest.empty()) {
    return false;
  }
  const char letter = rest.front();
  rest.remove_prefix(1);
  if (letter == 'u') {
    return TakeUnicodeEscape(rest, content);
  }
  const std::size_t which = kLetters.find(letter);
  if (which == std::string_view::npos) {
    return false;
  }
  content.push_back(kBytes[which]);
  return true;
}

}  // namespace

bool IsJsonNumber(std::string_view token) {
  std::size_t at = token.starts_with('-') ? 1 : 0;
  const std::size_t whole = at;
  at = SkipDigits(token, at);
  if (at == whole || (token[whole] == '0' && at > whole + 1)) {
    return false;
  }
  if (at < token.size() && token[at] == '.') {
    const std::size_t fraction = at + 1;
    at = SkipDigits(token, fraction);
    if (at == fraction) {
      return false;
    }
  }
  if (at < token.size() && (token[at] | 0x20) == 'e') {
    ++at;
    at += at < token.size() && (token[at] == '+' || token[at] == '-') ? 1U : 0U;
    const std::size_t exponent = at;
    at = SkipDigits(token, at);
    if (at == exponent) {
      return false;
    }
  }
  return at == token.size();
}

bool AppendUnescaped(std::string_view escaped, std::string& content) {
  while (true) {
    const std::size_t backslash = escaped.find('\\');
    content.append(escaped.substr(0, backslash));
    if (backslash == std::string_view::npos) {
      return true;
    }
    escaped.remove_prefix(backslash + 1);
    if (!TakeEscape(escaped, content)) {
      return false;
    }
  }
}

void AppendQuoted(std::string_view content, std::string& json) {
  constexpr std::string_view kHex = "0123456789abcdef";
  json.push_back('"');
  std::size_t done = 0;
  for (std::size_t at = 0; at < content.size(); ++at) {
    const auto code = static_cast<unsigned char>(content[at]);
    if (code >= 0x20 && code != '"' && code != '\\') {
      continue;
    }
    json.append(content.substr(done, at - done));
    done = at + 1;
    json.push_back('\\');
    if (code >= 0x20) {
      json.push_back(content[at]);
    } else {
      json.append("u00").push_back(kHex[code >> 4]);
      json.push_back(kHex[code & 0xF]);
    }
  }
  json.append(content.substr(done));
  json.push_back('"');
}

}  // namespace pluginlake::fhir
