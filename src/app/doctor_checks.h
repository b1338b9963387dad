// What `doctor` looks at: the machine, and the station if there is one. Changes nothing.
#pragma once

#include <string>
#include <vector>

#include "pluginlake/core/settings.h"

namespace pluginlake::app {

// One thing looked at. Not ok = a finding, and `fix` says what to do.
struct DoctorCheck {
  std::string name;  // "extension ducklake", "disk space", …
  bool ok = true;
  std::string message;  // what was seen
  std::string fix;
};

// Looks at extensions (there, and by their SHA-256 the ones pinned), memory, open files and the clock.
std::vector<DoctorCheck> CheckMachine(const core::Settings& settings);

// Looks at folders and their rights, free disk, the owner's lock, catalog and state. `folder` is the station's.
std::vector<DoctorCheck> CheckStation(const std::string& folder, const core::Settings& settings);

// Looks at a SQLite file without changing it: there, whole, and in WAL mode if `wants_wal`.
DoctorCheck CheckSqliteFile(const std::string& name, const std::string& path, bool wants_wal);

// Connects to a PostgreSQL and looks at its version. No password is in what is said.
DoctorCheck CheckPostgres(const std::string& name, const std::string& url, std::uint64_t timeout_ms);

}  // namespace pluginlake::app
