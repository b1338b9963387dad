// Goes through the tables that stand: their columns say whose their rows are.
#include "pluginlake/orchestration/erase.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "orchestration/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::orchestration {
namespace {

constexpr std::string_view kPersonOf =
    "SELECT number FROM lineage.registry WHERE resource_type = 'Patient' AND resource_id = $1";

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
    person_id_ = connection_.QueryInt64(kPersonOf, {std::string_view(patient_id)});
  }
  ~Erased() { connection_.QueryIgnoringErrors("DETACH erasing", {}); }
  Erased(const Erased&) = delete;
  Erased& operator=(const Erased&) = delete;

  const std::optional<std::int64_t>& person_id() const { return person_id_; }

 private:
  duck::Connection connection_;
  std::optional<std::int64_t> person_id_;
};

class Sweep {
 public:
  Sweep(duck::Connection& connection, const EraseRequest& request, std::optional<std::int64_t> person_id,
        EraseResult& result)
      : connection_(connection), request_(request), person_id_(person_id), result_(result) {}

  void Clear(const schemas::Table& table) {
    if (table.QualifiedName() == "lineage.registry") {
      const std::string token = "erased-" + core::NewRunId();
      Count(table,
            connection_.Query(sql::kEraseNumber, {std::string_view(request_.patient_id), std::string_view(token)}));
      return;
    }
    if (table.QualifiedName() == "quality.quarantine") {
      Count(table, connection_.Query(sql::kEraseQuarantine, {std::string_view(request_.patient_id)}));
      return;
    }
    const std::string name =
        fmt::format("{}.{}", duck::QuoteIdentifier(table.schema), duck::QuoteIdentifier(table.name));
    if (Has(table, "resource_type") && Has(table, "resource_id")) {
      Count(table, connection_.Query(fmt::format(
                       "DELETE FROM {} AS t WHERE (resource_type, resource_id) IN (SELECT resource_type, resource_id "
                       "FROM erasing.erased.resource)",
                       name)));
    }
    if (Has(table, "patient_id")) {
      Count(table, connection_.Query(fmt::format("DELETE FROM {} WHERE patient_id = $1", name),
                                     {std::string_view(request_.patient_id)}));
    }
    if (Has(table, "person_id") && person_id_) {
      Count(table, connection_.Query(fmt::format("DELETE FROM {} WHERE person_id = $1", name), {*person_id_}));
    }
  }

 private:
  void Count(const schemas::Table& table, const duck::Result& result) {
    if (result.rows_changed() > 0) {
      result_.rows[table.QualifiedName()] += static_cast<std::int64_t>(result.rows_changed());
    }
  }

  duck::Connection& connection_;
  const EraseRequest& request_;
  std::optional<std::int64_t> person_id_;
  EraseResult& result_;
};

}  // namespace

EraseResult Erase(const core::Principal& principal, catalog::Lake& lake, catalog::Writer& writer,
                  const EraseRequest& request) {
  catalog::RequireOperator(principal);
  EraseResult result;
  const Erased erased(lake, request.patient_id);
  std::vector<schemas::Table> tables;
  {
    duck::Connection connection = lake.Connect();
    tables = catalog::StandingTables(connection, lake.project());
  }
  // The message of the commit says nothing of whom: it stays when the patient is gone.
  result.snapshot_id = writer.Commit(principal,
                                     {.run_id = request.run_id,
                                      .kind = "erase",
                                      .message = "erased a patient",
                                      .code_fingerprint = "pluginlake/" + request.program_version,
                                      .program_version = request.program_version},
                                     [&](duck::Connection& connection, std::int64_t) {
                                       Sweep sweep(connection, request, erased.person_id(), result);
                                       for (const schemas::Table& table : tables) {
                                         if (table.schema != "vocab") {
                                           sweep.Clear(table);
                                         }
                                       }
                                       return catalog::CommitOutcome{.changed = !result.rows.empty()};
                                     });
  return result;
}

}  // namespace pluginlake::orchestration
