// Takes one patient out of every table of the lake, and keeps the certificate of it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/catalog/purge.h"

#include "pluginlake/core/principal.h"

namespace pluginlake::catalog {
class Lake;
class Writer;
}  // namespace pluginlake::catalog
namespace pluginlake::state {
class Store;
}

namespace pluginlake::orchestration {

struct EraseRequest {
  std::string run_id;
  std::string patient_id;
  std::string patient_hash;  // what the certificate calls the patient: PatientHash()
  std::string program_version;
};

struct EraseResult {
  std::map<std::string, std::int64_t> rows;  // removed, by table; tables without any are left out
  std::optional<std::int64_t> snapshot_id;   // nullopt: nothing of the patient was there
};

// What an erasure works with.
struct EraseParts {
  catalog::Lake& lake;
  catalog::Writer& writer;
  state::Store& store;
};

// Returns the key of the hashes by which this station remembers erased patients: made once, and kept in the station's
// records, which a backup holds too.
std::string ErasureKey(state::Store& store);
// Takes the key of the list of erasures that a station without any is given.
void AdoptErasureKey(state::Store& store, const std::string& key);
std::string PatientHash(const std::string& key, const std::string& patient_id);

// Returns the hashes of all patients that this station has certificates of.
std::vector<std::string> ErasedHashes(catalog::Lake& lake);

// Returns the id of every patient of whom anything is in the lake.
std::vector<std::string> PatientIds(catalog::Lake& lake);

// Deletes, in one commit, every row that belongs to the patient: resources of their compartment in all versions and
// what hangs on them, flattened rows, OMOP rows, accounts, lineage, and what was refused of them; files about the
// patient alone get another name in every table and in the station's records. Their number stays used. Adds the
// certificate (quality.erasure), which says what went and not whose it was. Earlier snapshots and Parquet files still
// have the patient until catalog::Purge. What adds up over patients is brought up to date by the next run. Whoever
// calls keeps runs away (Runner::HoldRuns). Throws denied for a principal who is not the local operator.
EraseResult Erase(const core::Principal& principal, const EraseParts& parts, const EraseRequest& request);

// Returns the hashes of patients whose rows were erased while files still have them.
std::vector<std::string> OpenErasures(catalog::Lake& lake);

// Completes the certificates that are open: nothing of those patients is left in the station.
void CompleteErasures(const core::Principal& principal, catalog::Writer& writer, const EraseRequest& request,
                      const catalog::PurgeReport& report);

}  // namespace pluginlake::orchestration
