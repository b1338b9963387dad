// Keeps the state store's record of an ingest in step with what happens.
#include "app/ingest_batch.h"

#include <exception>
#include <utility>

#include "app/console.h"
#include "app/station.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/core/principal.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/core/version.h"
#include "pluginlake/state/store.h"

namespace pluginlake::app {
namespace {

state::BatchCounts CountsOf(const sources::Counts& counts) {
  auto number = [](std::uint64_t count) { return static_cast<std::int64_t>(count); };
  return {.received = number(counts.received),
          .stored = number(counts.stored),
          .unchanged = number(counts.unchanged),
          .superseded = number(counts.superseded),
          .deleted = number(counts.deleted),
          .quarantined = number(counts.quarantined)};
}

std::string PathsOf(const sources::IngestRequest& request) {
  std::string paths;
  for (const sources::InputPath& path : request.paths) {
    paths += (paths.empty() ? "" : " ") + path.shown;
  }
  return paths;
}

}  // namespace

sources::IngestResult RunIngestBatch(const VerbContext& context, sources::IngestRequest request) {
  Station& station = context.host.station();
  request.batch_id = core::NewRunId();
  request.program_version = core::kProgramVersion;
  state::Store& store = station.store();
  store.BeginBatch({.batch_id = request.batch_id,
                    .run_id = request.batch_id,
                    .kind = "fhir",
                    .source = request.source_name.empty() ? PathsOf(request) : request.source_name,
                    .principal = context.principal.name,
                    .program_version = request.program_version});
  state::BatchFinish finish{.batch_id = request.batch_id};
  try {
    sources::IngestResult result = station.fhir_ingest().Run(context.principal, request, context.console.progress(),
                                                             context.console.cancellation());
    finish.status = result.refused ? state::Status::kFailed : state::Status::kDone;
    finish.counts = result.refused ? state::BatchCounts{} : CountsOf(result.counts);  // refused: nothing came in
    finish.snapshot_id = result.snapshot_id;
    finish.message = result.refused ? "refused: --strict" : "";
    store.FinishBatch(finish);
    if (result.snapshot_id) {
      context.console.progress().Committed(*result.snapshot_id, "batch " + result.batch_id);
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
