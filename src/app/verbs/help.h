// The verb `help`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeHelp();

}  // namespace pluginlake::app
