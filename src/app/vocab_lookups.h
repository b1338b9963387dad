// The station's look-ups, for the verbs of the group `vocab`.
#pragma once

#include <memory>
#include <vector>

#include "app/verb.h"
#include "pluginlake/omop/lookup_file.h"

namespace pluginlake::app {

struct VocabLookups {
  std::shared_ptr<omop::LookupFile> file;  // shared: it stays while a newer one comes
};

// Returns the hot copy, brought up to date.
VocabLookups OpenLookups(const VerbContext& context);

// Fills `used` of the concepts.
void CountUsage(const VerbContext& context, const std::vector<omop::ConceptSummary*>& concepts);

}  // namespace pluginlake::app
