// Starts the command line.
#include <optional>
#include <span>

#include "app/invocation.h"
#include "app/process_console.h"
#include "app/run_here.h"
#include "app/sqlite_process.h"

int main(int argument_count, char** arguments) {
  const std::span<char*> words(arguments, static_cast<std::size_t>(argument_count));
  if (const std::optional<int> exit_code = pluginlake::app::RunAsSqliteProcess(words)) {
    return *exit_code;
  }
  pluginlake::app::ProcessConsole console;
  console.CatchSignals();
  return pluginlake::app::RunHereOrForward(pluginlake::app::InvocationOfProcess(argument_count, arguments), console);
}
