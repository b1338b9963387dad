// `view run`: a SQL-on-FHIR ViewDefinition over FHIR files.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeViewRun();

}  // namespace pluginlake::app
