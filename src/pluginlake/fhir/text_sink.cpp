// The rare paths of the sink: growth, and giving memory back.
#include "pluginlake/fhir/text_sink.h"

namespace pluginlake::fhir {

namespace {

constexpr std::size_t kBytesFirst = std::size_t{1} << 14;
constexpr std::size_t kBytesKept = std::size_t{4} << 20;

}  // namespace

void TextSink::Clear() {
  if (bytes_.size() > kBytesKept && size_ < bytes_.size() / 8) {
    bytes_ = {};
  }
  size_ = 0;
}

void TextSink::Grow(std::size_t more) {
  bytes_.resize(std::max({kBytesFirst, bytes_.size() + bytes_.size() / 2, size_ + more + kPadding}));
}

}  // namespace pluginlake::fhir
