// Goes through the tables that stand: their columns say whose their rows are.
#include "pluginlake/orchestration/erase.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "orchestration/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/digest.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/state/store.h"

namespace pluginlake::orchestration {
namespace {

constexpr std::string_view kPersonOf =
    "SELECT number FROM lineage.registry WHERE resource_type = 'Patient' AND resource_id = $1";

constexpr std::string_view kHashKey = "erasure_key";
constexpr std::string_view kOutside =
    "backups, exports and delivered files; of a PostgreSQL server also its write-ahead log and its own backups";

bool Has(const schemas::Table& table, std::string_view column) {
  return std::ranges::find(table.fields, column, &schemas::Field::name) != table.fields.end();
}

// The erased resources, in a database beside the lake for as long as the commit lasts.
class Erased {
 public:
  Erased(catalog::Lake& lake, const std::string& patient_id) : connection_(lake.Connect()) {
    connection_.Query("ATTACH ':memory:' AS erasing");
    connection_.Query("CREATE SCHEMA erasing.erased");
    connection_.Query(fmt::format("CREATE TABLE erasing.erased.resource AS {}", sql::kErasedResources),
                      {std::string_view(patient_id)});
    connection_.Query(fmt::format("CREATE TABLE erasing.erased.source AS {}", sql::kErasedSources));
    person_id_ = connection_.QueryInt64(kPersonOf, {std::string_view(patient_id)});
  }
  ~Erased() { connection_.QueryIgnoringErrors("DETACH erasing", {}); }
  Erased(const Erased&) = delete;
  Erased& operator=(const Erased&) = delete;

  const std::optional<std::int64_t>& person_id() const { return person_id_; }

  std::vector<std::string> Sources() {
    return connection_.Query("SELECT source FROM erasing.erased.source ORDER BY source").Texts();
  }

 private:
  duck::Connection connection_;
  std::optional<std::int64_t> person_id_;
};

// Whom a sweep erases, and what files about them alone are called from then on.
struct Target {
  const EraseRequest& request;
  std::optional<std::int64_t> person_id;
  const std::string& source_token;
};

class Sweep {
 public:
  Sweep(duck::Connection& connection, const Target& target, EraseResult& result)
      : connection_(connection), target_(target), result_(result) {}

  void Clear(const schemas::Table& table) {
    if (table.QualifiedName() == "lineage.registry") {
      const std::string token = "erased-" + core::NewRunId();
      Count(table, connection_.Query(sql::kEraseNumber,
                                     {std::string_view(target_.request.patient_id), std::string_view(token)}));
      return;
    }
    if (table.QualifiedName() == "quality.quarantine") {
      Count(table, connection_.Query(sql::kEraseQuarantine, {std::string_view(target_.request.patient_id)}));
      return;
    }
    const std::string name =
        fmt::format("{}.{}", duck::QuoteIdentifier(table.schema), duck::QuoteIdentifier(table.name));
    Rename(table, name);
    if (Has(table, "resource_type") && Has(table, "resource_id")) {
      Count(table, connection_.Query(fmt::format(
                       "DELETE FROM {} AS t WHERE (resource_type, resource_id) IN (SELECT resource_type, resource_id "
                       "FROM erasing.erased.resource)",
                       name)));
    }
    if (Has(table, "patient_id")) {
      Count(table, connection_.Query(fmt::format("DELETE FROM {} WHERE patient_id = $1", name),
                                     {std::string_view(target_.request.patient_id)}));
    }
    if (Has(table, "person_id") && target_.person_id) {
      Count(table, connection_.Query(fmt::format("DELETE FROM {} WHERE person_id = $1", name), {*target_.person_id}));
    }
  }

 private:
  // Files about the patient alone are named in rows of others too: organizations, practitioners, what was read.
  void Rename(const schemas::Table& table, const std::string& name) {
    const bool is_input = table.QualifiedName() == "lineage.input";
    const std::string_view column = is_input ? "input" : "source";
    if (Has(table, column)) {
      connection_.Query(fmt::format("UPDATE {} SET {} = $1 WHERE {} IN (SELECT source FROM erasing.erased.source)",
                                    name, column, column),
                        {std::string_view(target_.source_token)});
    }
  }

  void Count(const schemas::Table& table, const duck::Result& result) {
    if (result.rows_changed() > 0) {
      result_.rows[table.QualifiedName()] += static_cast<std::int64_t>(result.rows_changed());
    }
  }

  duck::Connection& connection_;
  Target target_;
  EraseResult& result_;
};

void Certify(duck::Connection& connection, const EraseRequest& request, const EraseResult& result) {
  const std::string rows = nlohmann::json(result.rows).dump();
  connection.Query(sql::kInsertErasure,
                   {std::string_view(request.run_id), std::string_view(request.patient_hash), std::string_view(rows)});
}

catalog::CommitInfo InfoOf(const EraseRequest& request, const std::string& message) {
  return {.run_id = request.run_id,
          .kind = "erase",
          .message = message,
          .code_fingerprint = "pluginlake/" + request.program_version,
          .program_version = request.program_version};
}

}  // namespace

std::string ErasureKey(state::Store& store) {
  std::optional<std::string> key = store.FindValue(kHashKey);
  if (!key) {
    key = core::NewKeyHex();
    store.PutValue(kHashKey, *key);
  }
  return *key;
}

void AdoptErasureKey(state::Store& store, const std::string& key) {
  if (!store.FindValue(kHashKey)) {
    store.PutValue(kHashKey, key);
  }
}

std::string PatientHash(const std::string& key, const std::string& patient_id) {
  return core::HmacSha256Hex(key, "Patient/" + patient_id);
}

std::vector<std::string> ErasedHashes(catalog::Lake& lake) {
  return lake.Connect().Query("SELECT DISTINCT patient_hash FROM quality.erasure ORDER BY patient_hash").Texts();
}

std::vector<std::string> PatientIds(catalog::Lake& lake) { return lake.Connect().Query(sql::kPatientIds).Texts(); }

std::vector<std::string> OpenErasures(catalog::Lake& lake) {
  return lake.Connect()
      .Query("SELECT DISTINCT patient_hash FROM quality.erasure WHERE status <> 'complete' ORDER BY ALL")
      .Texts();
}

void CompleteErasures(const core::Principal& principal, catalog::Writer& writer, const EraseRequest& request,
                      const catalog::PurgeReport& report) {
  writer.Commit(principal, InfoOf(request, "an erasure is complete"), [&](duck::Connection& connection, std::int64_t) {
    connection.Query(sql::kCompleteErasure, {report.files_rewritten, report.files_removed, report.snapshots_expired,
                                             std::string_view(kOutside)});
    return catalog::CommitOutcome{.changed = true};
  });
}

EraseResult Erase(const core::Principal& principal, const EraseParts& parts, const EraseRequest& request) {
  catalog::RequireOperator(principal);
  EraseResult result;
  const std::string source_token = "erased-" + core::NewRunId();
  Erased erased(parts.lake, request.patient_id);
  for (const std::string& source : erased.Sources()) {
    parts.store.ReplaceInSources(source, source_token);
  }
  std::vector<schemas::Table> tables;
  {
    duck::Connection connection = parts.lake.Connect();
    tables = catalog::StandingTables(connection, parts.lake.project());
  }
  // The message of the commit says nothing of whom: it stays when the patient is gone.
  result.snapshot_id = parts.writer.Commit(
      principal, InfoOf(request, "erased a patient"), [&](duck::Connection& connection, std::int64_t) {
        Sweep sweep(connection, {request, erased.person_id(), source_token}, result);
        for (const schemas::Table& table : tables) {
          if (table.schema != "vocab") {
            sweep.Clear(table);
          }
        }
        if (!result.rows.empty()) {
          Certify(connection, request, result);
        }
        return catalog::CommitOutcome{.changed = !result.rows.empty()};
      });
  return result;
}

}  // namespace pluginlake::orchestration
