// The verb `init`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeInit();

}  // namespace pluginlake::app
