// One load of vocabularies as a batch of the station: begun and finished in the state store, whatever happens.
#pragma once

#include "app/verb.h"
#include "pluginlake/omop/dhd_load.h"
#include "pluginlake/omop/map_load.h"
#include "pluginlake/omop/vocabulary_load.h"

namespace pluginlake::app {

// Gives `request` a run id and runs it in the station that `context` reaches. A load that fails, is refused or
// interrupted is recorded so before the answer or the error goes on.
omop::LoadResult RunVocabBatch(const VerbContext& context, omop::LoadRequest request);
omop::DhdLoadResult RunDhdBatch(const VerbContext& context, omop::DhdLoadRequest request);
omop::MapLoadResult RunMapBatch(const VerbContext& context, omop::MapLoadRequest request);

}  // namespace pluginlake::app
