// The catalog's part of a backup, on SQLite and on PostgreSQL.
#include "pluginlake/catalog/backup.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>

#include "catalog/sql.h"
#include "pluginlake/catalog/attach.h"
#include "pluginlake/core/error.h"
#include "pluginlake/state/postgres_connection.h"
#include "pluginlake/state/server_tables.h"
#include "pluginlake/state/sqlite_database.h"

namespace pluginlake::catalog {
namespace {

using core::Error;
using core::ErrorKind;

constexpr const char* kNewest = "SELECT max(snapshot_id) FROM ducklake_snapshot";
constexpr const char* kSetDataPath = "UPDATE ducklake_metadata SET value = $1 WHERE key = 'data_path'";
// DuckLake's own tables in a PostgreSQL database.
state::TableSelection ServerTables() { return {.schema = "public", .name_start = "ducklake_"}; }

void RefuseObjectStore(const core::Project& project) {
  if (project.data_path.find("://") != std::string::npos) {
    throw Error(ErrorKind::kInvalidInput, "PL-0482",
                "This station's data are in an object store, which 'backup' does not read.",
                "Use the store's own versions or copies for the data, and the server's backup for the catalog.");
  }
}

BackupFile FileOf(const state::SqlRow& row, const core::Project& project) {
  BackupFile file{.name = std::get<std::string>(row.at(0)), .path = {}, .bytes = 0};
  if (std::get<std::int64_t>(row.at(1)) != 1) {
    throw Error(ErrorKind::kInvalidInput, "PL-0482", "A data file lies outside the station's data folder.",
                "Run 'pluginlake catalog compact', which brings it in, then start the backup again.");
  }
  file.path = project.data_path + file.name;
  file.bytes = static_cast<std::uint64_t>(std::get<std::int64_t>(row.at(2)));
  return file;
}

// Reads what the copy holds; `run` runs one statement on it.
template <typename Run>
CatalogCopy Describe(const core::Project& project, const Run& run) {
  CatalogCopy copy;
  copy.snapshot_id = std::get<std::int64_t>(run(kNewest).at(0).at(0));
  for (const state::SqlRow& row : run(sql::kBackupFiles)) {
    copy.files.push_back(FileOf(row, project));
  }
  return copy;
}

CatalogCopy CopyFileCatalog(const core::Project& project, const std::string& folder, const CopySqlite& copy_sqlite) {
  const std::string target = folder + "/catalog.sqlite";
  copy_sqlite(CatalogFile(project), target);
  state::SqliteDatabase database({.path = target});
  return Describe(project, [&](std::string_view statement) { return database.Run(statement, {}); });
}

CatalogCopy CopyServerCatalog(const core::Project& project, const std::string& folder) {
  state::PostgresConnection connection({.url = project.catalog, .session_script = {}});
  const state::OneMoment moment(connection);
  state::CopyTablesOut(connection, ServerTables(), folder);
  return Describe(project, [&](std::string_view statement) { return connection.Run(statement, {}); });
}

}  // namespace

CatalogCopy CopyCatalog(const core::Project& project, const std::string& folder, const CopySqlite& copy_sqlite) {
  RefuseObjectStore(project);
  return project.is_postgres() ? CopyServerCatalog(project, folder) : CopyFileCatalog(project, folder, copy_sqlite);
}

void RestoreFileCatalog(const std::string& copied_path, const core::Project& project) {
  {
    state::SqliteDatabase database({.path = copied_path});
    database.Run(kSetDataPath, {state::SqlValue(project.data_path)});
  }
  std::filesystem::rename(copied_path, CatalogFile(project));
}

void RestoreServerCatalog(state::PostgresConnection& connection, const std::string& folder,
                          const core::Project& project) {
  if (state::CountTables(connection, ServerTables()) > 0) {
    throw Error(ErrorKind::kConflict, "PL-0483", "That database holds a lake already.",
                "Name an empty database with --catalog; restore never writes over a lake.");
  }
  state::CopyTablesIn(connection, ServerTables().schema, folder);
  connection.Run(kSetDataPath, std::array<state::SqlValue, 1>{project.data_path});
}

}  // namespace pluginlake::catalog
