// The verb `config show`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeConfigShow();

}  // namespace pluginlake::app
