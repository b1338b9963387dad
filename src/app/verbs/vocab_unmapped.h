// The verb `vocab unmapped`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeVocabUnmapped();

}  // namespace pluginlake::app
