// Makes a station anew from a backup, in another place.
#pragma once

#include <cstdint>
#include <string>

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::app {

struct RestoreRequest {
  std::string archive;   // absolute
  std::string folder;    // absolute; not there yet, or empty
  std::string catalog;   // where the catalog shall be: "sqlite", or the URL of an empty database
  std::string erasures;  // absolute; a list of erasures (app/erasure_list.h) that the new station has to go through
  core::Progress& progress;
  core::Cancellation& cancellation;
};

struct RestoreReport {
  std::int64_t snapshot_id = 0;
  std::uint64_t files = 0;
  std::string created_at;  // when the backup was made
};

// Unpacks beside `folder`, compares every file with the backup's list of contents, and only then gives the folder its
// name. Throws conflict (PL-0959: not empty; PL-0483, PL-0513: the database is in use), invalid_input (PL-0952: cut or
// changed; PL-0960: the catalog is of the other kind). On any error, and when asked to stop, nothing is left behind.
RestoreReport RestoreStation(const RestoreRequest& request);

}  // namespace pluginlake::app
