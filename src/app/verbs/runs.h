// The verbs `runs list`, `runs show` and `runs logs`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeRunsList();
std::unique_ptr<Verb> MakeRunsShow();
std::unique_ptr<Verb> MakeRunsLogs();

}  // namespace pluginlake::app
