// Opens a DuckDB instance with one project's lake attached: the statements that differ between SQLite and PostgreSQL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "pluginlake/catalog/lake.h"

namespace pluginlake::catalog {

// What an attached lake may do, and which version of it is seen.
struct AttachMode {
  bool read_only = false;
  bool create = false;                      // makes the catalog's own tables if they are not there
  std::optional<std::int64_t> snapshot_id;  // time travel; only with read_only
};

// Returns the absolute path of a project's SQLite catalog.
std::string CatalogFile(const core::Project& project);

// Returns the name under which DuckLake shows the catalog's own tables: ducklake_snapshot, ducklake_data_file, ….
std::string MetadataCatalog(const core::Project& project);

// Returns an instance with the extensions that the project needs loaded, and nothing attached.
duck::Database OpenInstance(const LakeSettings& settings);

// Attaches the lake. A PostgreSQL URL goes in as a temporary secret, so that neither a message nor a list of
// databases shows it. Throws not_found (nothing there), conflict (newer format), unavailable, internal (damaged).
void Attach(duck::Database& database, const core::Project& project, const AttachMode& mode);
void Detach(duck::Database& database, const core::Project& project);

// Says whether a catalog stands where the project says. Throws unavailable if the server does not answer.
bool CatalogExists(duck::Database& database, const core::Project& project);

}  // namespace pluginlake::catalog
