// The verb `vocab status`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeVocabStatus();

}  // namespace pluginlake::app
