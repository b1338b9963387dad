// Writes a whole station into one archive.
#include "app/backup/station_backup.h"

#include <filesystem>
#include <set>

#include "app/backup/manifest.h"
#include "app/backup/scratch_folder.h"
#include "app/room_settings.h"
#include "app/sqlite_process.h"
#include "app/station.h"
#include "pluginlake/catalog/backup.h"
#include "pluginlake/catalog/maintenance_lock.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/clock.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/core/version.h"
#include "pluginlake/state/records_backup.h"

namespace pluginlake::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint32_t kMaintenanceWaitMsMax = 60'000;

// Adds up what was written, says so, and stops when asked to.
class Meter {
 public:
  Meter(const BackupRequest& request, std::uint64_t total) : request_(request), total_(total) {}
  void operator()(std::uint64_t bytes) {
    if (request_.cancellation.is_requested()) {
      throw core::Interrupted{};
    }
    done_ += bytes;
    request_.progress.Report({.phase = "backup", .done = done_, .total = total_, .unit = "bytes"});
  }

 private:
  const BackupRequest& request_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
};

std::set<fs::path> FilesIn(const std::string& folder) {
  std::set<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    files.insert(entry.path());
  }
  return files;
}

void AddFolder(ArchiveWriter& writer, const std::string& name, const std::string& folder) {
  for (const fs::path& path : FilesIn(folder)) {
    writer.AddFile(name + "/" + path.filename().string(), path.string(), [](std::uint64_t) {});
  }
}

void AddDataFiles(ArchiveWriter& writer, const catalog::CatalogCopy& copy, const BackupRequest& request) {
  std::uint64_t total = 0;
  for (const catalog::BackupFile& file : copy.files) {
    total += file.bytes;
  }
  Meter meter(request, total);
  for (const catalog::BackupFile& file : copy.files) {
    writer.AddFile("data/" + file.name, file.path, [&meter](std::uint64_t bytes) { meter(bytes); });
    if (writer.members().back().bytes != file.bytes) {
      throw core::Error(core::ErrorKind::kInternal, "PL-0958", "A data file is not what the catalog says: " + file.path,
                        "Run 'pluginlake catalog fsck'; a backup of a damaged lake is not made.");
    }
  }
}

}  // namespace

BackupReport BackUpStation(Station& station, const BackupRequest& request) {
  const core::Project& project = station.project();
  ArchiveWriter writer(request.archive);
  station.store();  // makes or moves forward the records before they are copied
  const auto held = station.lake().maintenance_lock().KeepFiles(kMaintenanceWaitMsMax);
  const ScratchFolder scratch(station.folder() + "/tmp/backup-" + core::NewRunId());
  const state::StoreSettings records = StoreSettingsOf(station.folder(), station.settings());
  const std::string state_folder = scratch.Make("state");
  state::CopyRecords(records, state_folder);
  const std::string catalog_folder = scratch.Make("catalog");
  const catalog::CatalogCopy copy = catalog::CopyCatalog(project, catalog_folder, CopySqliteInOtherProcess);
  writer.AddText(kFormatName, FormatText());
  writer.AddFile("pluginlake.toml", station.folder() + "/pluginlake.toml", [](std::uint64_t) {});
  AddFolder(writer, "state", state_folder);
  AddFolder(writer, "catalog", catalog_folder);
  AddDataFiles(writer, copy, request);
  const Manifest manifest{.program_version = core::kProgramVersion,
                          .created_at = core::FormatUtc(core::SystemClock().NowMicros()),
                          .snapshot_id = copy.snapshot_id,
                          .catalog_kind = project.is_postgres() ? "postgres" : "sqlite",
                          .state_kind = records.location == "sqlite" ? "sqlite" : "postgres",
                          .members = writer.members()};
  writer.AddText(kManifestName, TextOf(manifest));
  return {.snapshot_id = copy.snapshot_id, .files = copy.files.size(), .bytes = writer.Close()};
}

}  // namespace pluginlake::app
