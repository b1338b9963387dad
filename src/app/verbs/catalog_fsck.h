// The verb `catalog fsck`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeCatalogFsck();

}  // namespace pluginlake::app
