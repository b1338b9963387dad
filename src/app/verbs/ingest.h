// The verb `ingest`: FHIR files into the station.
#pragma once

#include <memory>

#include "app/verb.h"

namespace pluginlake::app {

std::unique_ptr<Verb> MakeIngest();

}  // namespace pluginlake::app
