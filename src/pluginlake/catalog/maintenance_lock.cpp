// Keeps maintenance and backups apart.
#include "pluginlake/catalog/maintenance_lock.h"

#include <chrono>

#include "pluginlake/core/error.h"

namespace pluginlake::catalog {

std::shared_lock<std::shared_timed_mutex> MaintenanceLock::KeepFiles(std::uint32_t wait_ms_max) {
  std::shared_lock lock(mutex_, std::chrono::milliseconds(wait_ms_max));
  if (!lock) {
    throw core::Error(core::ErrorKind::kConflict, "PL-0480", "Maintenance of this lake is running (compact or expire).",
                      "Start the backup again when it has ended.");
  }
  return lock;
}

std::unique_lock<std::shared_timed_mutex> MaintenanceLock::RemoveFiles(std::uint32_t wait_ms_max) {
  std::unique_lock lock(mutex_, std::chrono::milliseconds(wait_ms_max));
  if (!lock) {
    throw core::Error(core::ErrorKind::kConflict, "PL-0481", "A backup of this lake is running.",
                      "Start the maintenance again when it has ended.");
  }
  return lock;
}

}  // namespace pluginlake::catalog
