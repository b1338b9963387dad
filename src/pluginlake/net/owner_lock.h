// The lock of a station's one owner: a flock on run/owner.lock, and in the file who holds it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "pluginlake/net/file_descriptor.h"

namespace pluginlake::net {

// Who holds the lock; one line of JSON in the lock file. Holds no arguments of the verb: a path may name a patient.
struct OwnerRecord {
  std::int64_t pid = 0;
  std::string program;     // "pluginlake 0.1.0"
  std::string verb;        // "ingest"
  std::string started_at;  // UTC, ISO 8601
};

// Holds the lock while it lives. The kernel frees a killed owner's lock, but its record stays in the file: the next
// owner sees from it that it must look for what a crash left. The file itself is never removed.
class OwnerLock {
 public:
  // Takes the lock without waiting; nullopt while another process holds it. Throws denied, exhausted, unavailable.
  static std::optional<OwnerLock> TryTake(const std::string& path, const OwnerRecord& self);

  // True if the owner before this one ended without Release().
  bool previous_owner_died() const { return previous_owner_died_; }
  // Marks the end as clean and frees the lock.
  void Release();

 private:
  OwnerLock(FileDescriptor file, bool previous_owner_died);

  FileDescriptor file_;
  bool previous_owner_died_;
};

// Returns who holds the lock now, as the kernel tells (with the file's words if they are of the same process), else as
// the file tells; nullopt if neither knows. Never throws on a broken file.
std::optional<OwnerRecord> FindLockHolder(const std::string& path);

}  // namespace pluginlake::net
