// The verb `doctor`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeDoctor();

}  // namespace pluginlake::app
