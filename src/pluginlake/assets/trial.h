// Tries assets on a folder of hand-made input and expected rows, without orchestration: nothing is committed of them.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "pluginlake/assets/pack.h"

namespace pluginlake::catalog {
class Lake;
class Writer;
}  // namespace pluginlake::catalog
namespace pluginlake::core {
struct Principal;
}
namespace pluginlake::sources {
class FhirIngest;
}

namespace pluginlake::assets {

// One case: <folder>/in.ndjson or in.json (FHIR), <folder>/expected/<schema>.<table>.csv, <folder>/settings.toml.
struct TrialCase {
  std::string folder;
};

struct TrialResult {
  std::string folder;
  std::vector<std::string> differences;  // empty = as expected
  bool passed() const { return differences.empty(); }
};

// What a trial works with: a lake of its own, with the vocabularies loaded and no resources in it.
struct TrialParts {
  catalog::Lake& lake;
  catalog::Writer& writer;
  sources::FhirIngest& ingest;
  const AssetPack& pack;
  std::map<std::string, std::string> variables;  // defaults of the settings that SQL asks for
};

// Returns the cases at or below `folder`, in order: folders with an `expected` folder in them. Throws not_found
// (PL-1206) if there is none.
std::vector<TrialCase> FindTrials(const std::string& folder);

// Takes the input in as a station would, computes the expected tables and all they are made from in full, compares, and
// empties the lake again. Expected columns are those of the file; a value `ref:Type/id:omop_table` is the id that this
// resource's row has there. Throws invalid_input (PL-1110) for a case that is not well formed.
TrialResult RunTrial(const core::Principal& principal, const TrialParts& parts, const TrialCase& trial);

}  // namespace pluginlake::assets
