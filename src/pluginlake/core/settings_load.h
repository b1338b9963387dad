// Loads the settings of a station: flag > environment > .env > pluginlake.toml > default.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/core/settings.h"

namespace pluginlake::core {

// Where settings come from. Files that are not there are passed over.
struct SettingsInput {
  std::vector<std::string> flags;                  // "KEY=VALUE" of --set
  std::map<std::string, std::string> environment;  // PLUGINLAKE_* and the documented aliases
  std::vector<std::string> dotenv_paths;           // .env files, the first wins
  std::string toml_path;                           // empty = none
  std::string directory;  // what a relative path in NAME_FILE counts from; empty = the process's
};

// Settings, and where each came from.
struct LoadedSettings {
  Settings settings;
  std::map<std::string, std::string>
      origins;                        // key -> "default", "pluginlake.toml:4", ".env:2", "PLUGINLAKE_…", "--set"
  std::vector<std::string> warnings;  // names accepted that are of no use
};

// Throws invalid_input (PL-0101) that lists every problem at once, one a line: values out of bounds, and unknown keys
// with the nearest name.
LoadedSettings LoadSettings(const SettingsInput& input);

// Says whether a variable belongs into SettingsInput::environment: PLUGINLAKE_* or one of the aliases.
bool IsSettingsVariable(std::string_view name);

}  // namespace pluginlake::core
