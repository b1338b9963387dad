// Keeps the state store's record of a load in step with what happens.
#include "app/vocab_batch.h"

#include <exception>
#include <utility>

#include "app/console.h"
#include "app/station.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/core/principal.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/core/settings.h"
#include "pluginlake/core/version.h"
#include "pluginlake/state/store.h"

namespace pluginlake::app {

omop::LoadResult RunVocabBatch(const VerbContext& context, omop::LoadRequest request) {
  Station& station = context.host.station();
  request.run_id = core::NewRunId();
  request.program_version = core::kProgramVersion;
  request.gate = {.needed_vocabularies = context.settings.vocab.needed,
                  .shrink_percent_max = context.settings.vocab.shrink_percent_max};
  state::Store& store = station.store();
  store.BeginBatch({.batch_id = request.run_id,
                    .run_id = request.run_id,
                    .kind = "vocab",
                    .source = request.path.shown,
                    .principal = context.principal.name,
                    .program_version = request.program_version});
  state::BatchFinish finish{.batch_id = request.run_id};
  try {
    omop::LoadResult result = station.vocabulary_load().Run(context.principal, request, context.console.progress(),
                                                            context.console.cancellation());
    finish.status = result.refused ? state::Status::kFailed : state::Status::kDone;
    finish.snapshot_id = result.snapshot_id;
    finish.message = result.refused ? "refused by the gate" : "";
    store.FinishBatch(finish);
    if (result.snapshot_id) {
      context.console.progress().Committed(*result.snapshot_id, "vocabularies " + result.release);
    }
    return result;
  } catch (const core::Interrupted&) {  // the edge of a run step: its record says how it ended
    finish.status = state::Status::kInterrupted;
  } catch (const std::exception& error) {
    finish.status = state::Status::kFailed;
    finish.message = error.what();
    store.FinishBatch(finish);
    throw;
  }
  store.FinishBatch(finish);
  throw core::Interrupted{};
}

}  // namespace pluginlake::app
