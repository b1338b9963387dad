// Maps settings to the rooms' own structs: rooms never read settings themselves.
#include "app/room_settings.h"

#include <algorithm>
#include <thread>

#include "app/catalog_url.h"
#include "app/extension_folder.h"
#include "app/station.h"

namespace pluginlake::app {

std::uint32_t ThreadsOf(std::uint64_t setting) {
  return setting == 0 ? std::max(1U, std::thread::hardware_concurrency()) : static_cast<std::uint32_t>(setting);
}

catalog::LakeSettings LakeSettingsOf(const std::string& folder, const core::Settings& settings) {
  return {.project = DefaultProject(folder, settings),
          .extension_directory = ExtensionFolder(settings.duck.extension_directory),
          .temp_directory = folder + "/tmp",
          .memory_mb_max = settings.duck.memory_mb_max,
          .threads = ThreadsOf(settings.duck.threads)};
}

state::StoreSettings StoreSettingsOf(const std::string& folder, const core::Settings& settings) {
  return {.location = StateOf(settings),
          .directory = folder,
          .connect_ms_max = static_cast<std::uint32_t>(settings.postgres.connect_timeout_ms_max)};
}

}  // namespace pluginlake::app
