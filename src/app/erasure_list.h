// The list of erased patients that is kept beside backups: a station made from an older backup erases them again.
#pragma once

#include <set>
#include <string>

namespace pluginlake::app {

// Names nobody: hashes (orchestration::PatientHash), and the key they were made with.
struct ErasureList {
  std::string key;
  std::set<std::string> patients;
};

// Where a station keeps its list, and where a restored one has the list it has still to go through.
std::string ErasureListPath(const std::string& station_folder);
std::string PendingErasuresPath(const std::string& station_folder);

// Returns an empty list if there is no file. Throws invalid_input (PL-0247) if it is no such list.
ErasureList ReadErasureList(const std::string& path);
// Writes it by rename, readable by its owner only. Throws what errno says.
void WriteErasureList(const ErasureList& list, const std::string& path);

}  // namespace pluginlake::app
