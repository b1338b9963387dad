// Starts the command line.
#include "app/invocation.h"
#include "app/process_console.h"
#include "app/run_here.h"

int main(int argument_count, char** arguments) {
  pluginlake::app::ProcessConsole console;
  console.CatchSignals();
  return pluginlake::app::RunHereOrForward(pluginlake::app::InvocationOfProcess(argument_count, arguments), console);
}
