// One parse in one line, for tests: owns the padded text and the parser.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "pluginlake/fhir/resource.h"

namespace pluginlake::fhir {

// Keeps a copy of a document with the readable bytes behind it that the parser asks for. The bytes are quotes and
// braces, so that a reader that looks at them goes wrong visibly.
class PaddedText {
 public:
  explicit PaddedText(std::string_view text) : bytes_(text), size_(text.size()) { bytes_.append(64, '"'); }
  std::string_view view() const { return std::string_view(bytes_).substr(0, size_); }

 private:
  std::string bytes_;
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
