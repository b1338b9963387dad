// The stored form of a resource: the document as it came, without white space between tokens, with a few places
// replaced.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace pluginlake::fhir {

// `text` stands in place of `place`, a part of the document that begins and ends between tokens (or is empty).
struct BodyPatch {
  std::string_view place;
  std::string_view text;
};

struct BodySource {
  std::string_view json;
  bool minified = false;  // no white space between tokens
};

// Appends `source` to `out` with both lists of patches done. All of `first` come before all of `second`; within a list
// they are in the document's order.
void AppendBody(const BodySource& source, std::span<const BodyPatch> first, std::span<const BodyPatch> second,
                std::string& out);

}  // namespace pluginlake::fhir
