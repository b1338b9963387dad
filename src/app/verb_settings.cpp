// Says where a command line's settings come from.
#include "app/verb_settings.h"

#include "app/verb.h"

namespace pluginlake::app {

core::LoadedSettings LoadVerbSettings(const Invocation& invocation, const GlobalFlags& flags,
                                      const std::string& station_folder) {
  core::SettingsInput input{
      .flags = flags.set, .environment = invocation.environment, .directory = invocation.directory};
  if (!station_folder.empty()) {
    input.dotenv_paths.push_back(station_folder + "/.env");
    input.toml_path = station_folder + "/pluginlake.toml";
  }
  if (invocation.directory != station_folder) {
    input.dotenv_paths.push_back(invocation.directory + "/.env");
  }
  return core::LoadSettings(input);
}

}  // namespace pluginlake::app
