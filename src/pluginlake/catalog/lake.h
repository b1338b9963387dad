// The lake of one project: its DuckLake catalog attached to a DuckDB instance, made once and opened by the owner.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "pluginlake/core/project.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::catalog {

class MaintenanceLock;

// How a lake is opened.
struct LakeSettings {
  core::Project project;
  std::string extension_directory;  // holds <name>.duckdb_extension files
  std::string temp_directory;       // where large work spills; empty = no spilling
  std::uint64_t temp_mb_max = 0;    // of temp_directory; 0 = what the disk has free
  std::uint64_t memory_mb_max = 512;
  std::uint32_t threads = 2;
};

// The owner's lake, attached read-write. Thread-safe; its connections are not (one a thread). One process a project:
// whoever makes a Lake holds the station's lock. Destroyed after its connections.
class Lake {
 public:
  // Makes the catalog (a SQLite file in WAL mode, or tables in a PostgreSQL database), the schemas, tables and
  // options of a new station. Throws conflict if a catalog is there already, unavailable if the server is not.
  static void Create(const LakeSettings& settings);

  // Attaches what Create() made. Throws not_found (no catalog), conflict (a newer format), unavailable (server or
  // extension missing), internal (PL-0314: the catalog is damaged; the hint says restore).
  explicit Lake(const LakeSettings& settings);
  ~Lake();
  Lake(const Lake&) = delete;
  Lake& operator=(const Lake&) = delete;

  // Returns a connection whose current catalog is the project's: `raw.fhir_resource` needs no prefix.
  duck::Connection Connect();
  // Returns a connection whose current catalog is DuckLake's own tables (ducklake_snapshot, …). For reading only.
  duck::Connection ConnectMetadata();
  duck::Database& database();
  const LakeSettings& settings() const;
  const core::Project& project() const;
  // Says whether the data files lie in a folder of this machine, not in an object store.
  bool is_local() const;
  // Keeps backups and maintenance apart; whoever removes files takes it.
  MaintenanceLock& maintenance_lock();
  // Returns the newest snapshot's id, as `connection` sees it.
  std::int64_t CurrentSnapshot(duck::Connection& connection);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace pluginlake::catalog
