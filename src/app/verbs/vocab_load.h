// The verb `vocab load`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeVocabLoad();

}  // namespace pluginlake::app
