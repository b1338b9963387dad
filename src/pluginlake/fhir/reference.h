// What the text of a Reference.reference points at: the forms FHIR R4 allows, told apart without looking anything up.
#pragma once

#include <string>
#include <string_view>

namespace pluginlake::fhir {

enum class ReferenceKind {
  kLocal,        // Type/id, Type/id/_history/n, or an absolute http(s) URL that ends so: `target` is the Type/id
  kBundle,       // urn:uuid:… or urn:oid:…: to be found by fullUrl in the same Bundle
  kConditional,  // Type?identifier=[system|]value: to be found by identifier
  kContained,    // #id: inside the same resource
  kOther,        // anything else: kept as it is
};

// One classified reference. The views point into the text that was classified.
struct Reference {
  ReferenceKind kind = ReferenceKind::kOther;
  std::string_view target;         // kLocal: "Type/id" without version and base URL
  std::string_view resource_type;  // kLocal, kConditional
  std::string_view resource_id;    // kLocal
  // kConditional, percent-decoded. "identifier=value" means any system, "identifier=|value" means no system.
  std::string system;
  std::string value;
  bool any_system = false;
};

// Returns what `text` is. A Type must be a R4 resource type and an id a R4 id, else the kind is kOther.
Reference ClassifyReference(std::string_view text);

}  // namespace pluginlake::fhir
