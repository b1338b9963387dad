// The catalog's part of a backup: a copy of DuckLake's own tables as of one moment, and the files that copy needs.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "pluginlake/core/project.h"

namespace pluginlake::state {
class PostgresConnection;
}

namespace pluginlake::catalog {

// A data file that the copied catalog needs.
struct BackupFile {
  std::string name;  // below the data path: "raw/fhir_resource/ducklake-….parquet"
  std::string path;  // absolute
  std::uint64_t bytes = 0;
};

struct CatalogCopy {
  std::int64_t snapshot_id = 0;  // the newest in the copy
  std::vector<BackupFile> files;
};

// Copies one SQLite file to another path while it is written to. While a lake is open in this process, that must happen
// in another process: the lake's SQLite and ours do not know each other's locks.
using CopySqlite = std::function<void(const std::string& source_path, const std::string& target_path)>;

// Writes the copy into `folder` (there, empty): catalog.sqlite, or one file a table of a server. Ingest may go on; hold
// the MaintenanceLock until the files are read. Throws invalid_input (PL-0482) if a data file lies outside the data
// path or the data are in an object store.
CatalogCopy CopyCatalog(const core::Project& project, const std::string& folder, const CopySqlite& copy_sqlite);

// Makes a copied SQLite catalog the one of the project at its new place.
void RestoreFileCatalog(const std::string& copied_path, const core::Project& project);

// Puts a copy made from a server into the database of `connection`, inside the transaction that is open there. Throws
// conflict (PL-0483) if that database holds a lake already.
void RestoreServerCatalog(state::PostgresConnection& connection, const std::string& folder,
                          const core::Project& project);

}  // namespace pluginlake::catalog
