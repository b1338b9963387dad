// The verb `run`: brings assets up to date.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeRun();

}  // namespace pluginlake::app
