// Puts the steps of an erasure in order: each may be the last before the power goes.
#include "app/erase_patients.h"

#include <algorithm>
#include <filesystem>

#include "app/console.h"
#include "app/erasure_list.h"
#include "app/run_assets.h"
#include "app/sqlite_process.h"
#include "app/station.h"
#include "app/verb.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/core/version.h"
#include "pluginlake/orchestration/erase.h"
#include "pluginlake/orchestration/runner.h"

namespace pluginlake::app {
namespace {

using orchestration::EraseRequest;

// The list knows them before their rows go: a backup made in between is not forgotten.
void Remember(Station& station, const std::string& key, const std::vector<EraseRequest>& requests) {
  const std::string path = ErasureListPath(station.folder());
  ErasureList list = ReadErasureList(path);
  list.key = key;
  for (const std::string& hash : orchestration::ErasedHashes(station.lake())) {
    list.patients.insert(hash);
  }
  for (const EraseRequest& request : requests) {
    list.patients.insert(request.patient_hash);
  }
  WriteErasureList(list, path);
}

void EraseRows(const VerbContext& context, const std::vector<EraseRequest>& requests, ErasedPatients& erased) {
  Station& station = context.host.station();
  const auto held = station.runner().HoldRuns();
  core::ProgressStep step{.phase = "erasing rows", .total = requests.size(), .unit = "patients"};
  for (const EraseRequest& request : requests) {
    context.console.progress().Report(step);
    const orchestration::EraseResult result =
        orchestration::Erase(context.principal, {station.lake(), station.writer(), station.store()}, request);
    for (const auto& [table, rows] : result.rows) {
      erased.rows[table] += rows;
    }
    erased.snapshot_id = result.snapshot_id ? result.snapshot_id : erased.snapshot_id;
    ++step.done;
  }
}

// Takes what is erased out of files, catalog and records, and completes the certificates.
void Purge(const VerbContext& context, ErasedPatients& erased) {
  Station& station = context.host.station();
  const auto held = station.runner().HoldRuns();
  context.console.progress().Report({.phase = "rewriting files", .unit = "files"});
  erased.purged = catalog::Purge(context.principal, station.writer(),
                                 {.before_expiry = [&] { station.runner().MarkRead(context.principal, held); },
                                  .vacuum_sqlite = VacuumSqliteInOtherProcess});
  core::FaultPoint("erase.purged");
  station.store().Vacuum();
  orchestration::CompleteErasures(context.principal, station.writer(),
                                  {.run_id = core::NewRunId(), .program_version = core::kProgramVersion},
                                  erased.purged);
}

}  // namespace

ErasedPatients ErasePatients(const VerbContext& context, const std::vector<std::string>& patient_ids) {
  Station& station = context.host.station();
  const std::string key = orchestration::ErasureKey(station.store());
  std::vector<EraseRequest> requests;
  for (const std::string& patient_id : patient_ids) {
    requests.push_back({.run_id = core::NewRunId(),
                        .patient_id = patient_id,
                        .patient_hash = orchestration::PatientHash(key, patient_id),
                        .program_version = core::kProgramVersion});
  }
  Remember(station, key, requests);
  ErasedPatients erased;
  EraseRows(context, requests, erased);
  const std::vector<std::string> open = orchestration::OpenErasures(station.lake());
  erased.patients = static_cast<std::uint64_t>(std::ranges::count_if(requests, [&](const EraseRequest& request) {
    return std::ranges::find(open, request.patient_hash) != open.end();
  }));
  if (open.empty()) {
    return erased;
  }
  core::FaultPoint("erase.rows_gone");
  erased.exit_code = ExitCodeOf(RunAssets(context, {}));
  Purge(context, erased);
  return erased;
}

ErasedPatients ReplayErasures(const VerbContext& context) {
  Station& station = context.host.station();
  const std::string pending = PendingErasuresPath(station.folder());
  const ErasureList list = ReadErasureList(pending);
  if (list.patients.empty()) {
    std::filesystem::remove(pending);  // one that names nobody keeps the other verbs waiting too
    return {};
  }
  std::vector<std::string> named;
  for (const std::string& patient_id : orchestration::PatientIds(station.lake())) {
    if (list.patients.contains(orchestration::PatientHash(list.key, patient_id))) {
      named.push_back(patient_id);
    }
  }
  orchestration::AdoptErasureKey(station.store(), list.key);
  ErasedPatients erased = ErasePatients(context, named);
  const std::string path = ErasureListPath(station.folder());
  if (ErasureList own = ReadErasureList(path); own.key == list.key) {
    own.patients.insert(list.patients.begin(), list.patients.end());
    WriteErasureList(own, path);
  }
  std::filesystem::remove(pending);
  return erased;
}

}  // namespace pluginlake::app
