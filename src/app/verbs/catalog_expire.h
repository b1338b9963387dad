// The verb `catalog expire`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeCatalogExpire();

}  // namespace pluginlake::app
