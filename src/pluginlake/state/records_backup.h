// A copy of the station's records as of one moment, for a backup, and its way back.
#pragma once

#include <string>

#include "pluginlake/state/store.h"

namespace pluginlake::state {

class PostgresConnection;

// Writes the copy into `folder` (there, empty): state.sqlite, or one file a table of a server. Others may go on
// writing.
void CopyRecords(const StoreSettings& settings, const std::string& folder);

// Puts a copy made from a server into the database of `connection`, inside the transaction that is open there. Throws
// conflict (PL-0513) if that database holds a station's records already.
void RestoreServerRecords(PostgresConnection& connection, const std::string& folder);

}  // namespace pluginlake::state
