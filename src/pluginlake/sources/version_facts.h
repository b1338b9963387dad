// Reads the facts that decide about versions off a parsed record.
#pragma once

#include "pluginlake/sources/batch.h"
#include "pluginlake/sources/record_interpreter.h"
#include "pluginlake/sources/version_history.h"

namespace pluginlake::sources {

// Resolves the references of the resource that `interpreter` holds and returns its facts (a deletion's if it is one).
VersionFacts ResolveAndRead(const Batch& batch, std::uint32_t file, const Record& record, const Interpreted& found,
                            RecordInterpreter& interpreter);

}  // namespace pluginlake::sources
