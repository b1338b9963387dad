// Makes a station anew from a backup.
#include "app/backup/station_restore.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <optional>

#include "app/backup/archive_errors.h"
#include "app/backup/file_descriptor.h"
#include "app/backup/restored_settings.h"
#include "app/backup/scratch_folder.h"
#include "app/backup/unpack.h"
#include "app/erasure_list.h"
#include "pluginlake/catalog/backup.h"
#include "pluginlake/core/error.h"
#include "pluginlake/state/postgres_connection.h"
#include "pluginlake/state/records_backup.h"

namespace pluginlake::app {
namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

void RefuseUnlessEmpty(const std::string& folder) {
  if (fs::exists(folder) && !(fs::is_directory(folder) && fs::is_empty(folder))) {
    throw Error(ErrorKind::kConflict, "PL-0959",
                "A restored station needs an empty folder, and this one is not: " + folder,
                "Name a folder that is not there yet; restore never writes over a station.");
  }
}

// The catalog goes to the kind it came from: the two keep types differently.
void RefuseOtherKind(const Manifest& manifest, const std::string& catalog) {
  const bool to_server = catalog != "sqlite";
  if (to_server == (manifest.catalog_kind == "postgres")) {
    return;
  }
  throw Error(
      ErrorKind::kInvalidInput, "PL-0960", fmt::format("This backup holds a {} catalog.", manifest.catalog_kind),
      to_server ? "Leave --catalog away." : "Name an empty database: --catalog postgres://user@host:port/database.");
}

core::Project ProjectAt(const RestoreRequest& request, const std::string& staging) {
  return {.name = "default",
          .alias = "lake",
          .catalog = request.catalog,
          .data_path = request.folder + "/data/",
          .directory = staging};
}

// Holds what goes to a server in one open transaction until the folder has its name.
class ServerPart {
 public:
  ServerPart(const RestoreRequest& request, const Manifest& manifest, const std::string& staging) {
    if (manifest.catalog_kind != "postgres" && manifest.state_kind != "postgres") {
      return;
    }
    connection_.emplace(state::PostgresSettings{.url = request.catalog, .session_script = {}});
    connection_->RunScript("BEGIN");
    if (manifest.state_kind == "postgres") {
      state::RestoreServerRecords(*connection_, staging + "/state");
    }
    if (manifest.catalog_kind == "postgres") {
      catalog::RestoreServerCatalog(*connection_, staging + "/catalog", ProjectAt(request, staging));
    }
  }
  void Commit() {
    if (connection_) {
      connection_->RunScript("COMMIT");
    }
  }

 private:
  std::optional<state::PostgresConnection> connection_;
};

void PlaceFiles(const RestoreRequest& request, const Manifest& manifest, const std::string& staging) {
  if (manifest.catalog_kind == "sqlite") {
    catalog::RestoreFileCatalog(staging + "/catalog/catalog.sqlite", ProjectAt(request, staging));
  }
  if (manifest.state_kind == "sqlite") {
    fs::rename(staging + "/state/state.sqlite", staging + "/state.sqlite");
  }
  fs::remove_all(staging + "/catalog");
  fs::remove_all(staging + "/state");
  fs::create_directories(staging + "/data");
}

void SyncAll(const std::string& folder) {
  const FileDescriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (descriptor.get() < 0 || ::syncfs(descriptor.get()) != 0) {
    ThrowFileError(folder, "Writing the station to disk", errno);
  }
}

}  // namespace

RestoreReport RestoreStation(const RestoreRequest& request) {
  RefuseUnlessEmpty(request.folder);
  ScratchFolder staging(fmt::format("{}.restoring-{}", request.folder, ::getpid()));
  const Manifest manifest = UnpackBackup(request.archive, staging.path(),
                                         {.progress = request.progress, .cancellation = request.cancellation});
  RefuseOtherKind(manifest, request.catalog);
  ServerPart server(request, manifest, staging.path());
  PlaceFiles(request, manifest, staging.path());
  WriteRestoredSettings(staging.path() + "/pluginlake.toml", request.catalog);
  for (const char* name : {"run", "tmp", "logs"}) {
    staging.Make(name);
  }
  if (!request.erasures.empty()) {
    WriteErasureList(ReadErasureList(request.erasures), PendingErasuresPath(staging.path()));
  }
  SyncAll(staging.path());
  staging.MoveTo(request.folder);
  SyncFolderOf(request.folder);
  server.Commit();
  staging.Keep();
  return {.snapshot_id = manifest.snapshot_id, .files = manifest.members.size(), .created_at = manifest.created_at};
}

}  // namespace pluginlake::app
