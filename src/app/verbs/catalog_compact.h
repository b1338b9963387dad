// The verb `catalog compact`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeCatalogCompact();

}  // namespace pluginlake::app
