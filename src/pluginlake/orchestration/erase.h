// Takes one patient out of every table of the lake.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "pluginlake/core/principal.h"

namespace pluginlake::catalog {
class Lake;
class Writer;
}  // namespace pluginlake::catalog

namespace pluginlake::orchestration {

struct EraseRequest {
  std::string run_id;
  std::string patient_id;
  std::string program_version;
};

struct EraseResult {
  std::map<std::string, std::int64_t> rows;  // removed, by table; tables without any are left out
  std::optional<std::int64_t> snapshot_id;   // nullopt: nothing of the patient was there
};

// Deletes, in one commit, every row that belongs to the patient: resources of their compartment in all versions and
// what hangs on them, flattened rows, OMOP rows, accounts, lineage, and what was refused of them. Their number stays
// used. Earlier snapshots still show them until they are expired. What adds up over patients is brought up to date by
// the next run. Whoever calls keeps runs away (Runner::HoldRuns). Throws denied for a principal who is not the local
// operator.
EraseResult Erase(const core::Principal& principal, catalog::Lake& lake, catalog::Writer& writer,
                  const EraseRequest& request);

}  // namespace pluginlake::orchestration
