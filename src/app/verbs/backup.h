// The verb `backup`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeBackup();

}  // namespace pluginlake::app
