// What the place where a verb's answer is read looks like.
#pragma once

#include "app/output/table_layout.h"

namespace pluginlake::app {

struct VerbContext;

// Returns how a table is shown on stdout: as wide as the terminal and in colour there, without bounds elsewhere.
TableStyle StdoutStyle(const VerbContext& context);

}  // namespace pluginlake::app
