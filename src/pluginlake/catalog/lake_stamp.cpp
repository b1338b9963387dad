// Asks for the status of the catalog file and its write-ahead log.
#include "pluginlake/catalog/lake_stamp.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include "pluginlake/catalog/attach.h"

namespace pluginlake::catalog {

std::string LakeStamp(const core::Project& project) {
  if (project.is_postgres()) {
    return {};
  }
  std::string stamp;
  for (const char* suffix : {"", "-wal"}) {
    struct stat status{};
    if (::stat((CatalogFile(project) + suffix).c_str(), &status) == 0) {
      stamp += fmt::format("{}:{}.{:09};", status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    }
  }
  return stamp;
}

}  // namespace pluginlake::catalog
