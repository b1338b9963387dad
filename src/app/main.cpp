// Starts the command line.
#include <string_view>

#include "app/backup/sqlite_copy_process.h"
#include "app/invocation.h"
#include "app/process_console.h"
#include "app/run_here.h"

int main(int argument_count, char** arguments) {
  if (argument_count == 4 && std::string_view(arguments[1]) == pluginlake::app::kCopySqliteFlag) {
    return pluginlake::app::RunSqliteCopy(arguments[2], arguments[3]);
  }
  pluginlake::app::ProcessConsole console;
  console.CatchSignals();
  return pluginlake::app::RunHereOrForward(pluginlake::app::InvocationOfProcess(argument_count, arguments), console);
}
