// The verb `plan`: what is stale, and why.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakePlan();

}  // namespace pluginlake::app
