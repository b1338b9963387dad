// Closes the batches that a killed owner left open, by what the lake says of them.
#include "app/station_recovery.h"

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "app/station.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/core/clock.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/state/store.h"

namespace pluginlake::app {
namespace {

constexpr std::int64_t kRunsLookedAt = 100;
constexpr std::string_view kCommitOfRun = "SELECT snapshot_id, counts FROM lineage.run WHERE run_id = $1";

state::BatchCounts CountsOf(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, /*allow_exceptions=*/false);
  const auto count = [&json](const char* name) {
    const auto found = json.is_object() ? json.find(name) : json.end();
    return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
  };
  return {.received = count("received"),
          .stored = count("stored"),
          .unchanged = count("unchanged"),
          .superseded = count("superseded"),
          .deleted = count("deleted"),
          .quarantined = count("quarantined")};
}

state::BatchFinish FinishOf(duck::Connection& connection, const state::BatchStart& start) {
  state::BatchFinish finish;
  finish.batch_id = start.batch_id;
  finish.status = state::Status::kInterrupted;
  finish.message = "the process was killed before it committed";
  duck::Result result = connection.Query(kCommitOfRun, {duck::Value(start.run_id)});
  if (const auto chunk = result.Fetch(); chunk && chunk->row_count() > 0) {
    finish.status = state::Status::kDone;
    finish.message = "the process was killed after it committed";
    finish.snapshot_id = chunk->Int64(0, 0);
    finish.counts = chunk->IsNull(1, 0) ? state::BatchCounts{} : CountsOf(chunk->Text(1, 0));
  }
  return finish;
}

// Waves that a killed run committed stand; the next run goes on from there.
void CloseRuns(state::Store& store) {
  for (state::RunRecord run : store.Runs(kRunsLookedAt)) {
    if (run.status == state::Status::kRunning) {
      run.status = state::Status::kInterrupted;
      run.finished_at = core::SystemClock().NowMicros();
      store.PutRun(run);
    }
  }
}

}  // namespace

void RecoverStation(Station& station) {
  CloseRuns(station.store());
  const std::vector<state::BatchRecord> batches = station.store().UnfinishedBatches();
  if (batches.empty()) {
    return;
  }
  duck::Connection connection = station.lake().Connect();
  for (const state::BatchRecord& batch : batches) {
    station.store().FinishBatch(FinishOf(connection, batch.start));
  }
}

}  // namespace pluginlake::app
