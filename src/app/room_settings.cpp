// Maps settings to the rooms' own structs: rooms never read settings themselves.
#include "app/room_settings.h"

#include <algorithm>
#include <filesystem>
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
          .temp_mb_max = settings.duck.temp_mb_max,
          .memory_mb_max = settings.duck.memory_mb_max,
          .threads = ThreadsOf(settings.duck.threads)};
}

state::StoreSettings StoreSettingsOf(const std::string& folder, const core::Settings& settings) {
  return {.location = StateOf(settings),
          .directory = folder,
          .connect_ms_max = static_cast<std::uint32_t>(settings.postgres.connect_timeout_ms_max)};
}

sources::IngestSettings IngestSettingsOf(const core::Settings& settings) {
  const core::Settings::Sources& limits = settings.sources;
  auto small = [](std::uint64_t setting) { return static_cast<std::uint32_t>(setting); };
  return {.records = {.resource_mb_max = small(limits.resource_mb_max),
                      .block_kb = small(limits.block_kb),
                      .expansion_ratio_max = small(limits.expansion_ratio_max),
                      .expansion_free_mb = small(limits.expansion_free_mb),
                      .expanded_mb_max = limits.expanded_mb_max,
                      .fault_body_kb_max = small(settings.quarantine.body_kb_max)},
          .parser = {.depth_max = small(limits.depth_max), .resource_mb_max = limits.resource_mb_max},
          .find = {.files_max = limits.files_max},
          .threads = ThreadsOf(limits.threads),
          .batch_records_max = limits.batch_records_max,
          .quarantine_body_kb_max = small(settings.quarantine.body_kb_max)};
}

orchestration::RunnerSettings RunnerSettingsOf(const std::string& folder, const core::Settings& settings) {
  const std::filesystem::path assets = std::filesystem::path(folder) / settings.assets.folder;
  return {
      .asset_folders = {assets.lexically_normal().string()},
      .variables = {{"mapping_profile", settings.mapping.profile},
                    {"time_zone", settings.mapping.time_zone},
                    {"station_name", settings.station.name.empty() ? std::filesystem::path(folder).filename().string()
                                                                   : settings.station.name}},
      .threads = ThreadsOf(settings.duck.threads),
      .wave_assets_max = static_cast<std::uint32_t>(settings.assets.wave_assets_max),
      .wave_ms_max = static_cast<std::uint32_t>(settings.assets.wave_ms_max)};
}

omop::LoadSettings VocabularySettingsOf(const std::string& folder, const core::Settings& settings) {
  return {.staging_directory = folder + "/staging/vocab",
          .memory_mb_max = settings.vocab.memory_mb_max,
          .temp_mb_max = settings.duck.temp_mb_max,
          .threads = ThreadsOf(settings.vocab.threads),
          .limits = IngestSettingsOf(settings).records};
}

omop::LookupsSettings LookupsSettingsOf(const std::string& folder, const core::Settings& settings) {
  const catalog::LakeSettings lake = LakeSettingsOf(folder, settings);
  return {.folder = folder + "/cache",
          .reader = {.project = lake.project,
                     .extension_directory = lake.extension_directory,
                     .temp_directory = lake.temp_directory,
                     .temp_mb_max = lake.temp_mb_max,
                     .memory_mb_max = settings.vocab.memory_mb_max,
                     .threads = ThreadsOf(settings.vocab.threads),
                     .snapshot_id = std::nullopt}};
}

}  // namespace pluginlake::app
