// Writes a whole station into one archive, as of one moment, while it goes on taking in data.
#pragma once

#include <cstdint>
#include <string>

#include "app/backup/archive_writer.h"

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::app {

class Station;

struct BackupRequest {
  ArchiveSettings archive;
  core::Progress& progress;
  core::Cancellation& cancellation;
};

struct BackupReport {
  std::int64_t snapshot_id = 0;  // the newest in the backup
  std::uint64_t files = 0;       // data files
  std::uint64_t bytes = 0;       // of the archive
};

// The archive holds, in this order: FORMAT, pluginlake.toml, the records (as of a moment before the catalog's: a batch
// between the two is open in them and is settled by lineage.run), the catalog, every data file it needs, manifest.json.
// Maintenance is kept out until it ends. Throws Interrupted when asked to stop; then, and on any error, no file is
// left.
BackupReport BackUpStation(Station& station, const BackupRequest& request);

}  // namespace pluginlake::app
