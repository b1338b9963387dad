// Cuts FHIRPath into tokens.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace pluginlake::fhir {

enum class TokenKind : std::uint8_t {
  kEnd,
  kName,      // an identifier or a keyword
  kQuoted,    // `an identifier`
  kString,    // 'text'
  kNumber,    // digits, perhaps with a fraction
  kDate,      // @2020, @2020-01, @2020-01-31: without '@'
  kDateTime,  // @2020-01-31T10:00Z: without '@'; a trailing T is cut off
  kTime,      // @T10:00: without '@T'
  kVariable,  // %name
  kDollar,    // $this
  kSign,      // an operator or bracket
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint32_t offset = 0;
  std::string text;
};

// An expression and where it stands, for errors.
struct PathText {
  std::string_view text;
  std::string_view place;
};

// Throws invalid_input: PL-0703 `reason` at `offset`.
[[noreturn]] void ThrowPathFault(const PathText& path, std::size_t offset, std::string_view reason);

// Throws invalid_input: PL-0704, views cannot use `what`, which stands at `offset`.
[[noreturn]] void ThrowUnsupported(const PathText& path, std::size_t offset, std::string_view what);

// Reads one token after the other; comments and white space are passed over.
class PathLexer {
 public:
  explicit PathLexer(const PathText& path) : path_(path), text_(path.text) {}

  // Returns the next token, kEnd at the end. Throws PL-0703.
  Token Next();

 private:
  void SkipBlanks();
  Token TakeQuoted(TokenKind kind, char quote);
  void TakeEscape(std::string& content);
  Token TakeTemporal();
  Token TakeSign();
  std::string TakeName();
  std::string TakeDigits(std::size_t count_min, std::size_t count_max);
  std::string TakeTimeOfDay();
  std::string TakeZone();
  char Peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  [[noreturn]] void Fail(std::string_view reason) const { ThrowPathFault(path_, at_, reason); }

  PathText path_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace pluginlake::fhir
