// The verb `lineage`: where an asset, a column or a row comes from.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeLineage();

}  // namespace pluginlake::app
