// What is said of an archive that cannot be written or trusted.
#include "app/backup/archive_errors.h"

#include <fmt/format.h>

#include <cerrno>
#include <system_error>

#include "pluginlake/core/error.h"

namespace pluginlake::app {

using core::Error;
using core::ErrorKind;

void ThrowFileError(const std::string& path, const std::string& doing, int error_number) {
  const std::string what =
      fmt::format("{} failed ({}): {}", doing, std::generic_category().message(error_number), path);
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      throw Error(ErrorKind::kExhausted, "PL-0950", what, "Free space there, or name a file on another disk.");
    case ENOENT:
    case ENOTDIR:
      throw Error(ErrorKind::kNotFound, "PL-0951", what, "Check the path.");
    case EACCES:
    case EPERM:
    case EROFS:
      throw Error(ErrorKind::kDenied, "PL-0953", what, "Give this user rights there, or name another path.");
    default:
      throw Error(ErrorKind::kUnavailable, "PL-0954", what, "Check the disk, then try again.");
  }
}

void ThrowDamagedArchive(const std::string& path, const std::string& what) {
  throw Error(ErrorKind::kInvalidInput, "PL-0952",
              fmt::format("This backup is cut or was changed: {} ({})", path, what),
              "Nothing was restored. Fetch the file again from where it is kept, or use an older backup.");
}

}  // namespace pluginlake::app
