// The verb `version`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeVersion();

}  // namespace pluginlake::app
