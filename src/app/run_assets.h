// Runs assets for a verb.
#pragma once

#include "app/verb.h"
#include "pluginlake/orchestration/run_result.h"

namespace pluginlake::app {

// Runs (or plans) `request`, with a new run_id and this program's version. Throws what Runner::Run throws.
orchestration::RunResult RunAssets(const VerbContext& context, orchestration::RunRequest request);

// Returns the exit code of a run: 8 when an asset failed, was blocked, or could not be loaded.
int ExitCodeOf(const orchestration::RunResult& result);

}  // namespace pluginlake::app
