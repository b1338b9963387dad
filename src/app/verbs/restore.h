// The verb `restore`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeRestore();

}  // namespace pluginlake::app
