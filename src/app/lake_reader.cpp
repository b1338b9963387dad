// Gives a reader the station's project and the person's limits.
#include "app/lake_reader.h"

#include "app/room_settings.h"
#include "app/station.h"
#include "app/verb.h"
#include "pluginlake/catalog/reader.h"
#include "pluginlake/core/principal.h"
#include "pluginlake/core/settings.h"

namespace pluginlake::app {

namespace {

std::unique_ptr<catalog::Reader> Open(const VerbContext& context, const core::Principal& principal,
                                      std::optional<std::int64_t> snapshot_id) {
  const Station& station = context.host.station();
  const catalog::LakeSettings lake = LakeSettingsOf(station.folder(), context.settings);
  return std::make_unique<catalog::Reader>(
      principal, catalog::ReaderSettings{.project = station.project(),
                                         .extension_directory = lake.extension_directory,
                                         .temp_directory = lake.temp_directory,
                                         .temp_mb_max = lake.temp_mb_max,
                                         .memory_mb_max = context.settings.query.memory_mb_max,
                                         .threads = ThreadsOf(context.settings.query.threads),
                                         .snapshot_id = snapshot_id});
}

std::unique_ptr<catalog::Reader> OpenWithLayout(const VerbContext& context, const core::Principal& principal,
                                                std::optional<std::int64_t> snapshot_id) {
  std::unique_ptr<catalog::Reader> reader = Open(context, principal, snapshot_id);
  if (!snapshot_id && !reader->HasLayout()) {
    reader.reset();
    context.host.station().lake();  // brings the tables of this release
    reader = Open(context, principal, snapshot_id);
  }
  return reader;
}

}  // namespace

std::unique_ptr<catalog::Reader> OpenReader(const VerbContext& context, std::optional<std::int64_t> snapshot_id) {
  return OpenWithLayout(context, context.principal, snapshot_id);
}

std::unique_ptr<catalog::Reader> OpenMetadataReader(const VerbContext& context) {
  return OpenWithLayout(context, core::MetadataReaderFor(context.principal), std::nullopt);
}

}  // namespace pluginlake::app
