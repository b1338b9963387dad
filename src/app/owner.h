// A verb that needs the station's owner: this process becomes the owner and runs it, or the owner there is runs it.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace pluginlake::core {
struct Settings;
}

namespace pluginlake::app {

class Console;
class StationHost;
struct Invocation;

// A parsed command line whose verb Needs::kOwner, in the process where it was typed.
struct OwnedCommand {
  const Invocation& invocation;          // forwarded as it was typed
  std::string verb;                      // "ingest", "catalog fsck"
  std::string station_folder;            // absolute
  const core::Settings& settings;        // of the station, with this process's flags and environment
  std::vector<std::string> input_paths;  // Verb::input_paths(): opened here if the verb is forwarded
};

// Runs the verb here and returns its exit code; `host` gives the open station. Is an edge: shows what went wrong itself
// and never throws, since the owner may have to stay for forwarded verbs.
using RunHere = std::function<int(StationHost& host)>;
// Runs a whole forwarded command line, from parsing to its last line of output: RunVerb.
using RunForwarded = std::function<int(const Invocation& invocation, Console& console, StationHost& host)>;

// Takes the station's lock, opens the station and calls `run_here`, serving forwarded verbs by `run_forwarded` until
// the last of them ends; or, while another process is the owner, forwards the verb to it, with the same output,
// progress and exit code. If that owner dies, `ingest` and `run` are repeated, all others throw unavailable (PL-0609).
// Returns the verb's exit code. Throws what opening the station or a refusing owner throws; conflict (PL-0602) if a
// process holds the lock and does not answer; Interrupted. Called once a process, from its main thread; takes over
// SIGINT and SIGTERM meanwhile.
int RunOwned(const OwnedCommand& command, Console& console, const RunHere& run_here, const RunForwarded& run_forwarded);

}  // namespace pluginlake::app
