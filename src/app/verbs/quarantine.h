// The verbs `quarantine list` and `quarantine show`.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeQuarantineList();
std::unique_ptr<Verb> MakeQuarantineShow();

}  // namespace pluginlake::app
