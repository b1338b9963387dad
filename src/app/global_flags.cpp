// Declares the flags that every verb has.
#include "app/global_flags.h"

#include <CLI/CLI.hpp>

#include "app/verb.h"

namespace pluginlake::app {

void AddGlobalFlags(CLI::App& app, GlobalFlags& flags) {
  constexpr const char* kGroup = "Every verb";
  app.add_option("--station", flags.station, "The station's folder")->type_name("DIR")->group(kGroup);
  app.add_option("--role", flags.role, "Drop the local operator's rights to those of this role")
      ->type_name("NAME")
      ->group(kGroup);
  app.add_option("--set", flags.set, "Set one setting for this verb only")
      ->type_name("KEY=VALUE")
      ->take_all()
      ->expected(1)
      ->group(kGroup);
  app.add_flag("--json", flags.json, "Answer with one JSON document")->group(kGroup);
  app.add_flag("-q,--quiet", flags.quiet, "Say nothing but the answer and errors")->group(kGroup);
  app.add_flag("-v,--verbose", flags.verbose, "Say more on stderr")->group(kGroup);
  app.add_flag("--no-color", flags.no_color, "No colours (NO_COLOR does the same)")->group(kGroup);
}

}  // namespace pluginlake::app
