// The verb `assets test`: tries assets on folders of input and expected rows.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeAssetsTest();

}  // namespace pluginlake::app
