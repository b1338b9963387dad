// The flags that every verb has.
#pragma once

namespace CLI {
class App;
}

namespace pluginlake::app {

struct GlobalFlags;

// Adds --station, --json, -q, -v, --no-color, --role, --set to `app`, bound to `flags`.
void AddGlobalFlags(CLI::App& app, GlobalFlags& flags);

}  // namespace pluginlake::app
