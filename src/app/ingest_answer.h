// What `ingest` answers: the counts, for a program and for a person.
#pragma once

#include <string>

#include "pluginlake/sources/ingest.h"

namespace pluginlake::app {

// Returns the JSON document of contract `ingest`.
std::string IngestJson(const sources::IngestResult& result);

// Returns the account as text; with `by_type`, a line for each resource type too.
std::string IngestText(const sources::IngestResult& result, bool by_type);

}  // namespace pluginlake::app
