// A copy of the station's records as of one moment, for a backup, and its way back.
#include "pluginlake/state/records_backup.h"

#include "pluginlake/core/error.h"
#include "pluginlake/state/postgres_connection.h"
#include "pluginlake/state/server_tables.h"
#include "pluginlake/state/sqlite_database.h"

namespace pluginlake::state {
namespace {

constexpr const char* kSchema = "pluginlake";

}  // namespace

void CopyRecords(const StoreSettings& settings, const std::string& folder) {
  if (settings.location == "sqlite") {
    CopySqliteFile(settings.directory + "/state.sqlite", folder + "/state.sqlite");
    return;
  }
  PostgresConnection connection({.url = settings.location, .session_script = {}});
  const OneMoment moment(connection);
  CopyTablesOut(connection, {.schema = kSchema, .name_start = {}}, folder);
}

void RestoreServerRecords(PostgresConnection& connection, const std::string& folder) {
  if (CountTables(connection, {.schema = kSchema, .name_start = {}}) > 0) {
    throw core::Error(core::ErrorKind::kConflict, "PL-0513", "That database holds a station's records already.",
                      "Name an empty database with --catalog; restore never writes over a station.");
  }
  connection.RunScript("CREATE SCHEMA IF NOT EXISTS pluginlake");
  CopyTablesIn(connection, kSchema, folder);
}

}  // namespace pluginlake::state
