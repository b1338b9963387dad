// The verb `vocab diff`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeVocabDiff();

}  // namespace pluginlake::app
