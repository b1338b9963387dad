// Keeps one parser of simdjson's, and its memory unless that was a giant's.
#include "pluginlake/fhir/structural_index.h"

#include <simdjson.h>

#include <algorithm>

#include "pluginlake/core/error.h"

namespace pluginlake::fhir {

namespace {

constexpr std::size_t kDocumentBytesFirst = std::size_t{1} << 16;
// Rare giants must not keep their memory: it is given back when the next document needs so much less.
constexpr std::size_t kShrinkBytes = std::size_t{4} << 20;

}  // namespace

struct StructuralIndexer::Stage {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;

  // Makes room for a document of `size` bytes.
  void Fit(std::size_t size) {
    const bool fits = parser != nullptr && parser->capacity() >= size;
    const bool oversized = fits && parser->capacity() > kShrinkBytes && parser->capacity() / 8 > size;
    if (fits && !oversized) {
      return;
    }
    const std::size_t capacity = std::max(size + size / 2, kDocumentBytesFirst);
    PL_CHECK(simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, parser) ==
                 simdjson::SUCCESS,
             "no room for the index of a JSON document");
  }
};

StructuralIndexer::StructuralIndexer() : stage_(std::make_unique<Stage>()) {}

StructuralIndexer::~StructuralIndexer() = default;

IndexFault StructuralIndexer::Build(std::string_view json, StructuralIndex& index) {
  stage_->Fit(json.size());
  simdjson::internal::dom_parser_implementation& parser = *stage_->parser;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(json.data());
  const simdjson::error_code error = parser.stage1(bytes, json.size(), simdjson::stage1_mode::regular);
  if (error != simdjson::SUCCESS) {
    return error == simdjson::UTF8_ERROR ? IndexFault::kInvalidUtf8 : IndexFault::kInvalidJson;
  }
  const std::size_t count = parser.n_structural_indexes;
  std::fill_n(parser.structural_indexes.get() + count, kIndexGuards, static_cast<std::uint32_t>(json.size()));
  index = {parser.structural_indexes.get(), count};
  return IndexFault::kNone;
}

}  // namespace pluginlake::fhir
