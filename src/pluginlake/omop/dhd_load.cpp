// One DHD delivery from its path to its commit.
#include "pluginlake/omop/dhd_load.h"

#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "omop/sql.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/omop/local_blocks.h"
#include "pluginlake/omop/local_rows.h"
#include "pluginlake/omop/staging.h"
#include "pluginlake/omop/staging_folder.h"

namespace pluginlake::omop {
namespace {

namespace fs = std::filesystem;

class DhdRun {
 public:
  DhdRun(const LoadParts& parts, const DhdLoadRequest& request)
      : parts_(parts),
        request_(request),
        folder_(parts.settings.staging_directory),
        staging_({.folder = folder_.path(),
                  .memory_mb_max = parts.settings.memory_mb_max,
                  .temp_mb_max = parts.settings.temp_mb_max,
                  .threads = parts.settings.threads}) {}

  DhdLoadResult Run() {
    result_.run_id = request_.run_id;
    parts_.progress.Report({.phase = "reading DHD", .unit = "files"});
    fs::create_directories(folder_.path() + "/unpacked");
    Delivery delivery(
        {.path = request_.path, .scratch_folder = folder_.path() + "/unpacked", .limits = parts_.settings.limits},
        parts_.progress, parts_.cancellation);
    DhdDelivery read = ReadDhdDelivery(delivery, staging_, request_.as_of, parts_.cancellation);
    files_ = std::move(read.files);
    result_.thesauri = std::move(read.thesauri);
    result_.problems = std::move(read.problems);
    result_.refused = HasErrors(result_.problems);
    if (result_.refused) {
      return std::move(result_);
    }
    core::FaultPoint("vocab.dhd_before_commit");
    parts_.progress.Report({.phase = "mapping DHD", .unit = "concepts"});
    result_.snapshot_id = parts_.writer.Commit(
        parts_.principal, Info(),
        [&](duck::Connection& connection, std::int64_t snapshot_id) { return Work(connection, snapshot_id); });
    return std::move(result_);
  }

 private:
  catalog::CommitInfo Info() const {
    catalog::CommitInfo info{.run_id = request_.run_id,
                             .kind = "vocab",
                             .message = "DHD thesauri",
                             .code_fingerprint = {},
                             .assets = {},
                             .program_version = request_.program_version};
    for (const DhdRowsOf& rows : DhdRows()) {
      info.assets.push_back(fmt::format("vocab/{}", rows.table));
    }
    return info;
  }

  catalog::CommitOutcome Work(duck::Connection& connection, std::int64_t snapshot_id) {
    const VocabSearchPath path(connection, parts_.lake.project());
    for (const DhdThesaurus& thesaurus : result_.thesauri) {
      ReplaceDelivered(connection, thesaurus);
    }
    result_.coverage =
        DeriveDhd(connection, [&](const std::vector<UnnumberedCode>& codes) { GiveLocalNumbers(connection, codes); });
    ReplaceRows(connection);
    for (const DhdThesaurus& thesaurus : result_.thesauri) {
      NoteRelease(connection, thesaurus, snapshot_id);
    }
    core::FaultPoint("vocab.dhd_in_commit");
    return {
        .changed = true, .inputs = Inputs(), .counts_json = nlohmann::json(result_.tables).dump(), .column_edges = {}};
  }

  void ReplaceDelivered(duck::Connection& connection, const DhdThesaurus& thesaurus) {
    for (const char* table : {"dhd_delivery", "dhd_concept", "dhd_term", "dhd_derivation", "dhd_relation"}) {
      connection.Query(fmt::format("DELETE FROM {} WHERE thesaurus = $1", table), {thesaurus.name});
    }
    connection.Query(sql::kDhdInsertDelivery,
                     {thesaurus.name, TextOrNull(thesaurus.version), TextOrNull(thesaurus.format),
                      TextOrNull(thesaurus.delivered_on), thesaurus.as_of});
    for (const fs::directory_entry& entry : fs::directory_iterator(folder_.path())) {
      const std::string name = entry.path().stem().string();
      if (name.ends_with("_" + thesaurus.name) && entry.path().extension() == ".parquet") {
        connection.Query(fmt::format("INSERT INTO {} BY NAME SELECT * FROM read_parquet($1)", TableOf(name)),
                         {entry.path().string()});
      }
    }
  }

  static duck::Value TextOrNull(const std::string& text) {
    return text.empty() ? duck::Value() : duck::Value(std::string_view(text));
  }

  // "dhd_derivation_icd10_DT" -> "dhd_derivation".
  static std::string TableOf(const std::string& file) {
    for (const char* table : {"dhd_concept", "dhd_term", "dhd_derivation", "dhd_relation"}) {
      if (file.starts_with(table)) {
        return table;
      }
    }
    core::ThrowInternal("a staged DHD file is of no table", __FILE__, __LINE__);
  }

  void ReplaceRows(duck::Connection& connection) {
    DeleteLocalRows(connection, {"DHD-DT", "DHD-VT"});
    connection.Query("DELETE FROM dhd_mapping");
    connection.Query(sql::kDhdDeleteClasses);
    for (const DhdRowsOf& rows : DhdRows()) {
      const duck::Result inserted =
          connection.Query(fmt::format("INSERT INTO {} BY NAME SELECT * FROM {}", rows.table, rows.rows));
      result_.tables[std::string(rows.table)] = inserted.rows_changed();
    }
  }

  void NoteRelease(duck::Connection& connection, const DhdThesaurus& thesaurus, std::int64_t snapshot_id) {
    const std::string name = "DHD-" + thesaurus.name;
    connection.Query(sql::kInsertRelease, {name, TextOrNull(thesaurus.version), snapshot_id, request_.run_id,
                                           request_.path.shown, false, std::int64_t{0}});
  }

  std::vector<catalog::LineageInput> Inputs() const {
    std::vector<catalog::LineageInput> inputs;
    for (const DhdFile& file : files_) {
      inputs.push_back({.asset = "vocab/concept",
                        .input = file.shown,
                        .input_kind = "file",
                        .content_hash = file.sha256,
                        .bytes = file.bytes,
                        .records = file.lines,
                        .input_snapshot_id = std::nullopt});
    }
    return inputs;
  }

  const LoadParts& parts_;
  const DhdLoadRequest& request_;
  StagingFolder folder_;
  Staging staging_;
  std::vector<DhdFile> files_;
  DhdLoadResult result_;
};

}  // namespace

DhdLoadResult LoadDhd(const LoadParts& parts, const DhdLoadRequest& request) { return DhdRun(parts, request).Run(); }

}  // namespace pluginlake::omop
