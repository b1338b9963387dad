// The verb `completion`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeCompletion();

}  // namespace pluginlake::app
