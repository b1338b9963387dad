// Translates SQLite's result codes into the one Error.
#include "pluginlake/state/sqlite_error.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include "pluginlake/core/error.h"

namespace pluginlake::state {
namespace {

using core::Error;
using core::ErrorKind;

}  // namespace

void ThrowSqliteError(int code, const std::string& path, const std::string& what) {
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw Error(ErrorKind::kConflict, "PL-0502", fmt::format("Another process holds the lock on {}.", path),
                  "Close the program that has this file open, then try again.");
    case SQLITE_FULL:
    case SQLITE_NOMEM:
      throw Error(ErrorKind::kExhausted, "PL-0504", fmt::format("There is no room to write {}.", path),
                  "Free space on this disk, then try again. What was committed before is safe.");
    case SQLITE_IOERR:
      throw Error(ErrorKind::kExhausted, "PL-0504", fmt::format("Reading or writing {} failed: {}", path, what),
                  "Check the disk (free space, quota, hardware), then try again.");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw Error(ErrorKind::kInternal, "PL-0505", fmt::format("The database {} is damaged: {}", path, what),
                  "Restore the station from a backup: pluginlake restore FILE DIR.");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
      throw Error(ErrorKind::kDenied, "PL-0509", fmt::format("This user may not write {}: {}", path, what),
                  "Run pluginlake as the user that owns the station, or give that user rights on its folder.");
    case SQLITE_CONSTRAINT:
      throw Error(ErrorKind::kConflict, "PL-0507", fmt::format("This record is in {} already.", path),
                  "Use a new id for a new record.");
    default:
      throw Error(ErrorKind::kInternal, "PL-0510", fmt::format("SQLite refused a statement on {}: {}", path, what),
                  "This is a fault in pluginlake; please report it with this message.");
  }
}

}  // namespace pluginlake::state
