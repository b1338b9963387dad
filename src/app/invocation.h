// Reads what was typed from this process.
#pragma once

#include "app/verb.h"

namespace pluginlake::app {

// Returns the arguments, the working directory, and the variables that verbs may see.
Invocation InvocationOfProcess(int argument_count, const char* const* arguments);

// Returns `path` joined with the invocation's working directory, unless it is absolute.
std::string AbsolutePath(const Invocation& invocation, const std::string& path);

// Returns a variable of the invocation, empty if it is not set.
std::string VariableOf(const Invocation& invocation, const std::string& name);

}  // namespace pluginlake::app
