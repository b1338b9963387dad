// One parse in one line, for tests: owns the padded text and the parser.
#pragma once

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pluginlake/fhir/resource.h"

namespace pluginlake::fhir {

// Keeps a copy of a document with just the readable bytes behind it that the parser asks for: a sanitizer sees a read
// beyond them. They are quotes, so that a parser that takes them for content goes wrong visibly.
class PaddedText {
 public:
  explicit PaddedText(std::string_view text)
      : bytes_(std::make_unique<char[]>(text.size() + kPadding)), size_(text.size()) {
    std::ranges::copy(text, bytes_.get());
    std::fill_n(bytes_.get() + size_, kPadding, '"');
  }
  std::string_view view() const { return {bytes_.get(), size_}; }

 private:
  static constexpr std::size_t kPadding = 64;

  std::unique_ptr<char[]> bytes_;
  std::size_t size_;
};

struct ParsedResource {
  explicit ParsedResource(std::string_view json, std::string_view id_if_missing = {},
                          const ParserSettings& settings = {})
      : text(json), parser(std::make_unique<ResourceParser>(settings)) {
    rejection = parser->Parse(text.view(), id_if_missing);
  }

  std::string reason() const { return rejection ? rejection->reason_code : ""; }
  std::string body() const {
    std::string out;
    parser->WriteBody(out);
    return out;
  }

  PaddedText text;
  std::unique_ptr<ResourceParser> parser;
  std::optional<Rejection> rejection;
};

}  // namespace pluginlake::fhir
