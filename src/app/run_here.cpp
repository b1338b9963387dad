// Decides where this process's command line runs, and where its answer goes.
#include "app/run_here.h"

#include <optional>

#include "app/command_line.h"
#include "app/edge.h"
#include "app/invocation.h"
#include "app/output_file.h"
#include "app/owner.h"
#include "app/process_console.h"
#include "app/station.h"
#include "app/verb_settings.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

// For verbs that need no owner.
class NoStation final : public StationHost {
 public:
  Station& station() override { core::ThrowInternal("this verb has no station", __FILE__, __LINE__); }
};

int RunWithOwner(const CommandLine& line, const Invocation& invocation, Console& console) {
  std::string folder =
      FindStationFolder(line.flags.station, VariableOf(invocation, "PLUGINLAKE_STATION"), invocation.directory);
  core::Settings settings = LoadVerbSettings(invocation, line.flags, folder).settings;
  OwnedCommand command{invocation, line.description.name, folder, settings, line.verb->input_paths()};
  return RunOwned(
      command, console, [&](StationHost& host) { return RunVerb(invocation, console, host); }, &RunVerb);
}

int RunAnywhere(const CommandLine& line, const Invocation& invocation, Console& console) {
  if (line.description.needs == Needs::kOwner && !line.help) {
    return RunWithOwner(line, invocation, console);
  }
  NoStation none;
  return RunVerb(invocation, console, none);
}

int RunIntoFile(const CommandLine& line, const Invocation& invocation, Console& console) {
  std::string path = line.verb->output_path().value_or("-");
  if (line.help || path == "-") {
    return RunAnywhere(line, invocation, console);
  }
  OutputFileConsole file(AbsolutePath(invocation, path), console);
  int exit_code = RunAnywhere(line, invocation, file);
  if (exit_code == 0) {
    file.Keep();
  }
  return exit_code;
}

}  // namespace

int RunHereOrForward(const Invocation& invocation, ProcessConsole& console) {
  EdgeStyle style{.json = AsksForJson(invocation.args),
                  .color = WantsColor(console, false, !VariableOf(invocation, "NO_COLOR").empty())};
  return RunAtEdge(console, style, [&] {
    CommandLine line = ParseCommandLine(invocation.args);
    style.color = style.color && !line.flags.no_color;
    if (line.flags.quiet) {
      console.BeQuiet();
    }
    return RunIntoFile(line, invocation, console);
  });
}

}  // namespace pluginlake::app
