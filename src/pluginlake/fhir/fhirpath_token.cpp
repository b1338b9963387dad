// FHIRPath's lexical grammar, by hand.
#include "pluginlake/fhir/fhirpath_token.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "pluginlake/core/error.h"
#include "pluginlake/fhir/json_text.h"

namespace pluginlake::fhir {

namespace {

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }
bool IsNameStart(char byte) { return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_'; }
bool IsNameByte(char byte) { return IsNameStart(byte) || IsDigit(byte); }
bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

}  // namespace

void ThrowPathFault(const PathText& path, std::size_t offset, std::string_view reason) {
  throw core::Error(core::ErrorKind::kInvalidInput, "PL-0703",
                    fmt::format("{}: this is no FHIRPath: {}, at character {} of `{}`", path.place, reason,
                                std::min(offset, path.text.size()) + 1, path.text),
                    "Mend the expression; docs/reference/views.md says which FHIRPath views may use.");
}

void PathLexer::SkipBlanks() {
  for (;;) {
    if (IsBlank(Peek())) {
      ++at_;
    } else if (Peek() == '/' && Peek(1) == '/') {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (Peek() == '/' && Peek(1) == '*') {
      const std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) {
        Fail("a comment does not end");
      }
      at_ = end + 2;
    } else {
      return;
    }
  }
}

Token PathLexer::Next() {
  SkipBlanks();
  Token token;
  token.offset = static_cast<std::uint32_t>(at_);
  const char byte = Peek();
  if (at_ >= text_.size()) {
    return token;
  }
  if (IsNameStart(byte)) {
    token.kind = TokenKind::kName;
    token.text = TakeName();
    return token;
  }
  if (IsDigit(byte)) {
    token.kind = TokenKind::kNumber;
    token.text = TakeDigits(1, text_.size());
    if (Peek() == '.' && IsDigit(Peek(1))) {
      ++at_;
      token.text += '.' + TakeDigits(1, text_.size());
    }
    return token;
  }
  switch (byte) {
    case '\'':
      return TakeQuoted(TokenKind::kString, byte);
    case '`':
      return TakeQuoted(TokenKind::kQuoted, byte);
    case '@':
      return TakeTemporal();
    default:
      return TakeSign();
  }
}

std::string PathLexer::TakeName() {
  const std::size_t start = at_;
  while (IsNameByte(Peek())) {
    ++at_;
  }
  return std::string(text_.substr(start, at_ - start));
}

std::string PathLexer::TakeDigits(std::size_t count_min, std::size_t count_max) {
  const std::size_t start = at_;
  while (at_ - start < count_max && IsDigit(Peek())) {
    ++at_;
  }
  if (at_ - start < count_min) {
    Fail("a digit is missing");
  }
  return std::string(text_.substr(start, at_ - start));
}

Token PathLexer::TakeQuoted(TokenKind kind, char quote) {
  Token token{kind, static_cast<std::uint32_t>(at_), {}};
  for (++at_; Peek() != quote;) {
    if (at_ >= text_.size()) {
      Fail("a text in quotes does not end");
    }
    if (Peek() == '\\') {
      TakeEscape(token.text);
    } else {
      token.text += text_[at_++];
    }
  }
  ++at_;
  return token;
}

void PathLexer::TakeEscape(std::string& content) {
  constexpr std::string_view kLetters = "'\"`\\/rntf";
  constexpr std::string_view kBytes = "'\"`\\/\r\n\t\f";
  const char letter = Peek(1);
  if (letter == 'u') {
    // As long as escapes follow each other, so that both halves of a surrogate pair are read together.
    std::size_t size = 0;
    while (Peek(size) == '\\' && Peek(size + 1) == 'u' && at_ + size + 6 <= text_.size()) {
      size += 6;
    }
    if (size == 0 || !AppendUnescaped(text_.substr(at_, size), content)) {
      Fail("\\u is not followed by four hex digits of a character");
    }
    at_ += size;
    return;
  }
  const std::size_t which = letter == '\0' ? std::string_view::npos : kLetters.find(letter);
  if (which == std::string_view::npos) {
    Fail("there is no such escape");
  }
  content += kBytes[which];
  at_ += 2;
}

// Takes hh(:mm(:ss(.f+)?)?)?
std::string PathLexer::TakeTimeOfDay() {
  std::string time = TakeDigits(2, 2);
  for (int part = 0; part < 2 && Peek() == ':'; ++part) {
    ++at_;
    time += ':' + TakeDigits(2, 2);
    if (part == 1 && Peek() == '.' && IsDigit(Peek(1))) {
      ++at_;
      time += '.' + TakeDigits(1, text_.size());
    }
  }
  return time;
}

std::string PathLexer::TakeZone() {
  if (Peek() == 'Z') {
    ++at_;
    return "Z";
  }
  if (Peek() != '+' && Peek() != '-') {
    return {};
  }
  std::string zone(1, text_[at_++]);
  zone += TakeDigits(2, 2);
  if (Peek() != ':') {
    Fail("a time zone is +hh:mm or -hh:mm");
  }
  ++at_;
  return zone + ':' + TakeDigits(2, 2);
}

Token PathLexer::TakeTemporal() {
  Token token{TokenKind::kDate, static_cast<std::uint32_t>(at_), {}};
  ++at_;
  if (Peek() == 'T') {
    ++at_;
    token.kind = TokenKind::kTime;
    token.text = TakeTimeOfDay();
    return token;
  }
  token.text = TakeDigits(4, 4);
  for (int part = 0; part < 2 && Peek() == '-' && IsDigit(Peek(1)); ++part) {
    ++at_;
    token.text += '-' + TakeDigits(2, 2);
  }
  if (Peek() == 'T') {
    ++at_;
    token.kind = TokenKind::kDateTime;
    if (IsDigit(Peek())) {
      token.text += 'T' + TakeTimeOfDay();
      token.text += TakeZone();
    }
  }
  return token;
}

Token PathLexer::TakeSign() {
  constexpr std::array<std::string_view, 4> kLong = {"<=", ">=", "!=", "!~"};
  constexpr std::string_view kShort = ".,()[]{}+-*/|&=~<>";
  Token token{TokenKind::kSign, static_cast<std::uint32_t>(at_), {}};
  const char byte = Peek();
  if (byte == '%' || byte == '$') {
    ++at_;
    token.kind = byte == '%' ? TokenKind::kVariable : TokenKind::kDollar;
    if (byte == '%' && (Peek() == '`' || Peek() == '\'')) {
      token.text = TakeQuoted(TokenKind::kVariable, Peek()).text;
      return token;
    }
    token.text = TakeName();
    if (token.text.empty()) {
      Fail("a name is missing");
    }
    return token;
  }
  const std::string_view rest = text_.substr(at_);
  const bool is_long = std::ranges::any_of(kLong, [rest](std::string_view sign) { return rest.starts_with(sign); });
  if (!is_long && kShort.find(byte) == std::string_view::npos) {
    Fail("this sign has no meaning here");
  }
  token.text.assign(rest, 0, is_long ? 2 : 1);
  at_ += token.text.size();
  return token;
}

}  // namespace pluginlake::fhir
