// The verb `vocab map load`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeVocabMapLoad();

}  // namespace pluginlake::app
