// The verb `erase`: one patient out of every table.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeErase();

}  // namespace pluginlake::app
