// The verb `query`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeQuery();

}  // namespace pluginlake::app
