// Finds the type and id of a document that is broken further on, so that its quarantine row can name them.
#pragma once

#include <string>
#include <string_view>

namespace pluginlake::fhir {

// The top-level resourceType and id read before the document broke; empty when absent or not well-formed.
struct FirstMembers {
  std::string resource_type, resource_id;
};

// Reads the top-level members of `json` up to the first fault, or the first 64 kB.
FirstMembers ReadFirstMembers(std::string_view json);

}  // namespace pluginlake::fhir
