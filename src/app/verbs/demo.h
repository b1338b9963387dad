// The verb `demo`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeDemo();

}  // namespace pluginlake::app
