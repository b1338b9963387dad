// Proposes what a code of the hospital's own may mean, from the name it came with.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "pluginlake/omop/lookup_file.h"

namespace pluginlake::omop {

// Returns at most `concepts_max` standard concepts whose names or synonyms hold the words of `name`, or that such a
// concept maps to (so a Dutch synonym finds the SNOMED concept): those of `domain_id` first, then as Search ranks them.
// When no concept has all the words, those with all but one, then those with one of the long words are returned.
std::vector<ConceptSummary> FindCandidates(LookupFile& file, const std::string& name, const std::string& domain_id,
                                           std::size_t concepts_max);

}  // namespace pluginlake::omop
