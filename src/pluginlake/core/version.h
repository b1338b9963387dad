// The version of this program, as CMakeLists.txt states it.
#pragma once

namespace pluginlake::core {

inline constexpr const char* kProgramVersion = PLUGINLAKE_VERSION;

}  // namespace pluginlake::core
