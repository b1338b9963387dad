// Hands a run to the station's runner.
#include "app/run_assets.h"

#include "app/console.h"
#include "app/station.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/core/version.h"
#include "pluginlake/orchestration/runner.h"

namespace pluginlake::app {

orchestration::RunResult RunAssets(const VerbContext& context, orchestration::RunRequest request) {
  request.run_id = core::NewRunId();
  request.program_version = core::kProgramVersion;
  return context.host.station().runner().Run(context.principal, request, context.console.progress(),
                                             context.console.cancellation());
}

int ExitCodeOf(const orchestration::RunResult& result) {
  constexpr int kExitPartial = 8;
  return result.failed() || !result.problems.empty() ? kExitPartial : 0;
}

}  // namespace pluginlake::app
