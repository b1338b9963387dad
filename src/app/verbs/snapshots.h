// The verb `snapshots`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeSnapshots();

}  // namespace pluginlake::app
