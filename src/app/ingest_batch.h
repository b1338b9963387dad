// One ingest as a batch of the station: begun and finished in the state store, whatever happens in between.
#pragma once

#include "app/verb.h"
#include "pluginlake/sources/ingest.h"

namespace pluginlake::app {

// Gives `request` a batch id and runs it in the station that `context` reaches. The state store knows the batch before
// it starts; a batch that fails or is interrupted is recorded so before the error goes on.
sources::IngestResult RunIngestBatch(const VerbContext& context, sources::IngestRequest request);

}  // namespace pluginlake::app
