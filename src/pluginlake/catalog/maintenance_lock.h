// Keeps maintenance and backups apart: a backup reads files for minutes that maintenance would take away.
#pragma once

#include <cstdint>
#include <mutex>
#include <shared_mutex>

namespace pluginlake::catalog {

// One a lake; commits do not need it, since they remove no file that a snapshot needs. Thread-safe.
class MaintenanceLock {
 public:
  // Held by whoever reads data files of a fixed snapshot (backup). Several may hold it at once. Throws conflict
  // (PL-0480) if maintenance does not end in time.
  std::shared_lock<std::shared_timed_mutex> KeepFiles(std::uint32_t wait_ms_max);
  // Held by whoever removes files or snapshots (compact, expire, cleanup). Throws conflict (PL-0481) if a backup does
  // not end in time.
  std::unique_lock<std::shared_timed_mutex> RemoveFiles(std::uint32_t wait_ms_max);

 private:
  std::shared_timed_mutex mutex_;
};

}  // namespace pluginlake::catalog
