// The verb `vocab concept`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeVocabConcept();

}  // namespace pluginlake::app
