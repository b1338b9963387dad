// Keeps the state store's record of a load in step with what happens.
#include "app/vocab_batch.h"

#include <exception>
#include <functional>
#include <optional>
#include <string>
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
namespace {

// What a load's record needs to know of how it ended.
struct Ending {
  bool refused = false;
  std::optional<std::int64_t> snapshot_id;
};

// Runs `load` between the beginning and the end of its record in the state store.
void AsBatch(const VerbContext& context, const std::string& run_id, const std::string& source,
             const std::function<Ending()>& load) {
  state::Store& store = context.host.station().store();
  store.BeginBatch({.batch_id = run_id,
                    .run_id = run_id,
                    .kind = "vocab",
                    .source = source,
                    .principal = context.principal.name,
                    .program_version = core::kProgramVersion});
  state::BatchFinish finish{.batch_id = run_id};
  try {
    const Ending ending = load();
    finish.status = ending.refused ? state::Status::kFailed : state::Status::kDone;
    finish.snapshot_id = ending.snapshot_id;
    finish.message = ending.refused ? "refused by the gate" : "";
    store.FinishBatch(finish);
    if (ending.snapshot_id) {
      context.console.progress().Committed(*ending.snapshot_id, "vocabularies from " + source);
    }
    return;
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

}  // namespace

omop::LoadResult RunVocabBatch(const VerbContext& context, omop::LoadRequest request) {
  request.run_id = core::NewRunId();
  request.program_version = core::kProgramVersion;
  request.gate = {.needed_vocabularies = context.settings.vocab.needed,
                  .shrink_percent_max = context.settings.vocab.shrink_percent_max,
                  .licences_held = context.settings.vocab.licences};
  omop::LoadResult result;
  AsBatch(context, request.run_id, request.path.shown, [&] {
    result = context.host.station().vocabulary_load().Run(context.principal, request, context.console.progress(),
                                                          context.console.cancellation());
    return Ending{result.refused, result.snapshot_id};
  });
  return result;
}

omop::MapLoadResult RunMapBatch(const VerbContext& context, omop::MapLoadRequest request) {
  request.run_id = core::NewRunId();
  request.program_version = core::kProgramVersion;
  omop::MapLoadResult result;
  AsBatch(context, request.run_id, request.path.shown, [&] {
    result = context.host.station().vocabulary_load().RunMap(context.principal, request, context.console.progress(),
                                                             context.console.cancellation());
    return Ending{result.refused, result.snapshot_id};
  });
  return result;
}

omop::DhdLoadResult RunDhdBatch(const VerbContext& context, omop::DhdLoadRequest request) {
  request.run_id = core::NewRunId();
  request.program_version = core::kProgramVersion;
  omop::DhdLoadResult result;
  AsBatch(context, request.run_id, request.path.shown, [&] {
    result = context.host.station().vocabulary_load().RunDhd(context.principal, request, context.console.progress(),
                                                             context.console.cancellation());
    return Ending{result.refused, result.snapshot_id};
  });
  return result;
}

}  // namespace pluginlake::app
