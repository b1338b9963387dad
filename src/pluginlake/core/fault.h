// Named places where a test pulls the plug: PLUGINLAKE_FAULT=name[:n] kills the process (SIGKILL) at the n-th pass.
#pragma once

#include <string_view>

namespace pluginlake::core {

// Dies here if PLUGINLAKE_FAULT names this point, after writing "fault: NAME" to stderr; costs one load otherwise.
void FaultPoint(std::string_view name);

}  // namespace pluginlake::core
