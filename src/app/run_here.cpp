// Decides where this process's command line runs, and where its answer goes.
#include "app/run_here.h"

#include <functional>
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

// How a verb ends where it runs: its file of -o, if there is one, takes its name at once.
using KeepAnswer = std::function<void()>;

int RunWithOwner(const CommandLine& line, const Invocation& invocation, Console& console, const KeepAnswer& keep) {
  std::string folder =
      FindStationFolder(line.flags.station, VariableOf(invocation, "PLUGINLAKE_STATION"), invocation.directory);
  core::Settings settings = LoadVerbSettings(invocation, line.flags, folder).settings;
  OwnedCommand command{invocation, line.description.name, folder, settings, line.verb->input_paths()};
  // An owner may stay for the verbs of others: what its own verb answered is there before.
  const RunHere run_here = [&](StationHost& host) {
    return RunAtEdge(console, EdgeStyle{}, [&] {
      int exit_code = RunVerb(invocation, console, host);
      if (exit_code == 0) {
        keep();
      }
      return exit_code;
    });
  };
  return RunOwned(command, console, run_here, &RunVerb);
}

int RunAnywhere(const CommandLine& line, const Invocation& invocation, Console& console, const KeepAnswer& keep) {
  if (line.description.needs == Needs::kOwner && !line.help) {
    return RunWithOwner(line, invocation, console, keep);
  }
  NoStation none;
  return RunVerb(invocation, console, none);
}

int RunIntoFile(const CommandLine& line, const Invocation& invocation, Console& console) {
  std::string path = line.verb->output_path().value_or("-");
  if (line.help || path == "-") {
    return RunAnywhere(line, invocation, console, [] {});
  }
  OutputFileConsole file(AbsolutePath(invocation, path), console);
  int exit_code = RunAnywhere(line, invocation, file, [&file] { file.Keep(); });
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
