// Erases patients from a station to the last page: rows, what hangs on them, files, snapshots, catalog, records.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/catalog/purge.h"

namespace pluginlake::app {

struct VerbContext;

struct ErasedPatients {
  std::uint64_t patients = 0;                // of whom anything was there, or an erasure stood half-finished
  std::map<std::string, std::int64_t> rows;  // removed, by table
  std::optional<std::int64_t> snapshot_id;   // of the last commit that removed rows
  catalog::PurgeReport purged;
  int exit_code = 0;  // of the run that brought up to date what adds up over patients
};

// Erases each, then runs once, then takes all of it out of files and databases, with what an erasure that was stopped
// left; adds them to the station's list of erasures first. Does nothing more if nothing of any of them is there.
ErasedPatients ErasePatients(const VerbContext& context, const std::vector<std::string>& patient_ids);

// Erases those patients of the station whom the list of pending erasures names, and ends that list. Without one,
// returns at once.
ErasedPatients ReplayErasures(const VerbContext& context);

}  // namespace pluginlake::app
