// Runs this process's own command line: here, or by the owner of the station.
#pragma once

namespace pluginlake::app {

class ProcessConsole;
struct Invocation;

// Returns the exit code; never throws.
int RunHereOrForward(const Invocation& invocation, ProcessConsole& console);

}  // namespace pluginlake::app
