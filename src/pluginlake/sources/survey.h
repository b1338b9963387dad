// The first pass over a batch: reads every record, so that all ids and identifiers are known before anything is hashed.
#pragma once

#include "pluginlake/sources/batch.h"

namespace pluginlake::sources {

// Reads all files of `batch` in parallel. Fills received and quarantined counts, the arrival index, the targets within
// Bundles, the conditional references wanted; stages quarantine rows and identifiers.
void SurveyBatch(Batch& batch);

}  // namespace pluginlake::sources
