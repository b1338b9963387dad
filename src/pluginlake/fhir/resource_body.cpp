// Copies the pieces between the patches, through simdjson's minifier where needed.
#include "pluginlake/fhir/resource_body.h"

#include <simdjson.h>

#include "pluginlake/core/error.h"

namespace pluginlake::fhir {

namespace {

// Appends `piece`, which begins and ends between tokens, without white space.
void AppendMinified(std::string_view piece, std::string& out) {
  const std::size_t start = out.size();
  out.resize(start + piece.size() + simdjson::SIMDJSON_PADDING);
  std::size_t size = 0;
  PL_CHECK(piece.empty() || simdjson::minify(piece.data(), piece.size(), out.data() + start, size) == simdjson::SUCCESS,
           "a checked document does not minify");
  out.resize(start + size);
}

}  // namespace

void AppendBody(const BodySource& source, std::span<const BodyPatch> first, std::span<const BodyPatch> second,
                std::string& out) {
  out.reserve(out.size() + source.json.size() + simdjson::SIMDJSON_PADDING);
  const char* from = source.json.data();
  const auto append_until = [&](const char* end) {
    const std::string_view piece(from, static_cast<std::size_t>(end - from));
    if (source.minified) {
      out.append(piece);
    } else {
      AppendMinified(piece, out);
    }
  };
  for (const std::span<const BodyPatch> patches : {first, second}) {
    for (const BodyPatch& patch : patches) {
      append_until(patch.place.data());
      out.append(patch.text);
      from = patch.place.data() + patch.place.size();
    }
  }
  append_until(source.json.data() + source.json.size());
}

}  // namespace pluginlake::fhir
