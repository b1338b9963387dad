// The verb `vocab search`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeVocabSearch();

}  // namespace pluginlake::app
