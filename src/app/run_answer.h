// What a run answers: as JSON, and for people.
#pragma once

#include <string>

#include "pluginlake/orchestration/run_result.h"

namespace pluginlake::app {

// `dry`: nothing was run; what would be is told.
std::string RunJson(const orchestration::RunResult& result, bool dry);
std::string RunText(const orchestration::RunResult& result, bool verbose);
std::string TextOfPlan(const orchestration::RunResult& result);

}  // namespace pluginlake::app
