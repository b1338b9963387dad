// The lake's files: which ones the catalog refers to, which ones lie in the data folder, and their way to the disk.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "pluginlake/catalog/lake.h"

namespace pluginlake::catalog {

// One file that some snapshot needs, as the catalog recorded it.
struct DataFile {
  std::string path;  // absolute, or an object's URL
  std::string table;
  bool deletes = false;  // holds positions of deleted rows, not rows
  std::int64_t rows = 0;
  std::int64_t bytes = 0;
};

// Returns every file that a snapshot needs.
std::vector<DataFile> NeededFiles(Lake& lake);

// Returns the paths of files that no snapshot needs any more and that wait to be removed; they may be gone already.
std::unordered_set<std::string> RetiredFiles(Lake& lake);

// Returns the paths of all files below the project's data folder; empty for an object store.
std::vector<std::string> FilesInDataFolder(const Lake& lake);

// Returns the files in the data folder that the catalog does not know.
std::vector<std::string> OrphanedFiles(Lake& lake);

// Removes orphaned files with names that DuckLake gives, and returns how many. Only while no transaction is open:
// its files are not in the catalog yet.
std::uint64_t RemoveOrphans(Lake& lake);

// Brings what was written below the data folder to the disk, names included. Throws exhausted if the disk is full,
// unavailable if it fails. Does nothing for an object store, which answers only when it has the object.
void SyncDataFolder(const Lake& lake);

}  // namespace pluginlake::catalog
