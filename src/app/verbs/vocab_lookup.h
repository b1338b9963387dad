// The verb `vocab lookup`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeVocabLookup();

}  // namespace pluginlake::app
