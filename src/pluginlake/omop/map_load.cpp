// One map from its file to its commit.
#include "pluginlake/omop/map_load.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>
#include <utility>

#include "omop/data.h"
#include "omop/sql.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/duck/cancel_watch.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/omop/athena_tables.h"
#include "pluginlake/omop/code_index.h"
#include "pluginlake/omop/csv_lines.h"
#include "pluginlake/omop/file_survey.h"
#include "pluginlake/omop/local_rows.h"
#include "pluginlake/omop/staging.h"
#include "pluginlake/omop/staging_folder.h"

namespace pluginlake::omop {
namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

constexpr std::size_t kHeadBytesMax = 1 << 20;

// Which delivered column is which of ours, by format; the first that is there counts.
struct ColumnOf {
  std::string_view name;
  std::string_view delivered;
};

constexpr std::array kSourceToConceptMapColumns = {
    ColumnOf{"source_code", "sourcecode"}, ColumnOf{"source_vocabulary", "sourcevocabularyid"},
    ColumnOf{"source_name", "sourcecodedescription"}, ColumnOf{"target", "targetconceptid"},
    ColumnOf{"invalid_reason", "invalidreason"}};
constexpr std::array kUsagiColumns = {ColumnOf{"source_code", "sourcecode"}, ColumnOf{"source_name", "sourcename"},
                                      ColumnOf{"target", "conceptid"},       ColumnOf{"status", "mappingstatus"},
                                      ColumnOf{"predicate", "equivalence"},  ColumnOf{"kind", "mappingtype"},
                                      ColumnOf{"author", "statussetby"},     ColumnOf{"confidence", "matchscore"}};
constexpr std::array kSssomColumns = {ColumnOf{"source_code", "subjectid"},
                                      ColumnOf{"source_name", "subjectlabel"},
                                      ColumnOf{"target", "objectid"},
                                      ColumnOf{"predicate", "predicateid"},
                                      ColumnOf{"modifier", "predicatemodifier"},
                                      ColumnOf{"confidence", "confidence"},
                                      ColumnOf{"author", "authorid"},
                                      ColumnOf{"author", "authorlabel"}};
constexpr std::array kWorkListColumns = {ColumnOf{"source_code", "code"}, ColumnOf{"source_system", "system"},
                                         ColumnOf{"source_name", "display"}, ColumnOf{"target", "targetconceptid"}};
constexpr std::array<std::string_view, 11> kColumns = {
    "source_code", "source_system", "source_vocabulary", "source_name", "target", "predicate", "modifier", "status",
    "kind",        "author",        "confidence"};

std::span<const ColumnOf> ColumnsOfFormat(MapFormat format) {
  switch (format) {
    case MapFormat::kUsagi:
      return kUsagiColumns;
    case MapFormat::kSssom:
      return kSssomColumns;
    case MapFormat::kWorkList:
      return kWorkListColumns;
    case MapFormat::kSourceToConceptMap:
      break;
  }
  return kSourceToConceptMapColumns;
}

std::string OpenPath(const sources::InputPath& path) {
  return path.descriptor >= 0    ? fmt::format("/proc/self/fd/{}", path.descriptor)
         : path.absolute.empty() ? path.shown
                                 : path.absolute;
}

class MapRun {
 public:
  MapRun(const LoadParts& parts, const MapLoadRequest& request)
      : parts_(parts),
        request_(request),
        path_(OpenPath(request.path)),
        folder_(parts.settings.staging_directory),
        staging_({.folder = folder_.path(),
                  .memory_mb_max = parts.settings.memory_mb_max,
                  .temp_mb_max = parts.settings.temp_mb_max,
                  .threads = parts.settings.threads}) {}

  MapLoadResult Run() {
    result_.run_id = request_.run_id;
    ReadHead();
    parts_.progress.Report({.phase = "reading the map", .unit = "lines"});
    ReadRows();
    ExportFromLake(sql::kMapExportTargets, "map_targets");
    ResolveRows();
    if (HasErrors(result_.problems) && !request_.partial) {
      result_.refused = true;
      return std::move(result_);
    }
    StageIndex();
    core::FaultPoint("vocab.map_before_commit");
    result_.snapshot_id = parts_.writer.Commit(
        parts_.principal, Info(),
        [&](duck::Connection& connection, std::int64_t snapshot_id) { return Work(connection, snapshot_id); });
    return std::move(result_);
  }

 private:
  void ReadHead() {
    survey_ = SurveyFile(path_, request_.path.shown, [this](std::uint64_t) {
      if (parts_.cancellation.is_requested()) {
        throw core::Interrupted{};
      }
    });
    std::ifstream in(path_, std::ios::binary);
    std::string text(kHeadBytesMax, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(in.gcount()));
    file_ = ReadMapHead(text, request_.path.shown);
    result_.format = file_.format;
    result_.mapping_set_id =
        FirstOf({request_.mapping_set_id, Metadata("mapping_set_id"), fs::path(request_.path.shown).stem().string()});
    result_.version = FirstOf({request_.version, Metadata("mapping_set_version")});
    if (survey_.first_misencoded_byte || survey_.has_zero_bytes) {
      throw Error(ErrorKind::kInvalidInput, "PL-1061", fmt::format("The map is not UTF-8: {}", request_.path.shown),
                  "Save it as UTF-8, and load it again.");
    }
  }

  static std::string FirstOf(std::initializer_list<std::string> texts) {
    const auto found = std::ranges::find_if(texts, [](const std::string& text) { return !text.empty(); });
    return found == texts.end() ? std::string() : *found;
  }

  std::string Metadata(const std::string& key) const {
    const auto found = file_.metadata.find(key);
    return found == file_.metadata.end() ? std::string() : found->second;
  }

  bool HasColumn(std::string_view name) const { return std::ranges::find(file_.columns, name) != file_.columns.end(); }

  // Copies the file into map_delivered: our columns as text, with the line each stands on.
  void ReadRows() {
    std::string columns;
    for (std::size_t i = 0; i < file_.columns.size(); ++i) {
      columns += fmt::format("{}'c{}': 'VARCHAR'", columns.empty() ? "" : ", ", i);
    }
    std::string select;
    for (const std::string_view name : kColumns) {
      select += fmt::format(", {} AS {}", Expression(name), duck::QuoteIdentifier(name));
    }
    Run(fmt::format(
        "CREATE TABLE map_delivered AS SELECT row_number() OVER () + {} AS line{} FROM read_csv({}, "
        "auto_detect = false, header = false, skip = {}, delim = {}, quote = '\"', escape = '\"', strict_mode "
        "= false, null_padding = true, parallel = false, columns = {{{}}}){}",
        file_.head_line, select, duck::QuoteLiteral(path_), file_.head_line,
        duck::QuoteLiteral(std::string(1, file_.delimiter)), columns, RowsThatCount()));
    Run(sql::kMapMakePrefix);
    AddPrefixes();
    result_.lines = Count("SELECT count(*) FROM map_delivered");
    NoteSkipped();
  }

  // Returns what one of our columns is in this file.
  std::string Expression(std::string_view name) const {
    for (const ColumnOf& column : ColumnsOfFormat(file_.format)) {
      const auto found = std::ranges::find(file_.columns, column.delivered);
      if (column.name == name && found != file_.columns.end()) {
        return fmt::format("nullif(trim(c{}), '')", found - file_.columns.begin());
      }
    }
    const bool says_system = file_.format == MapFormat::kSssom || file_.format == MapFormat::kWorkList;
    if (name == "source_vocabulary" && !says_system && !request_.vocabulary_id.empty()) {
      return duck::QuoteLiteral(request_.vocabulary_id);
    }
    return "NULL::VARCHAR";
  }

  // Deleted lines of source_to_concept_map are none.
  std::string RowsThatCount() const {
    const auto found = std::ranges::find(file_.columns, "invalidreason");
    if (file_.format != MapFormat::kSourceToConceptMap || found == file_.columns.end()) {
      return "";
    }
    return fmt::format(" WHERE nullif(trim(c{}), '') IS NULL", found - file_.columns.begin());
  }

  // Which vocabulary a prefix means: well-known ones, then those of the file's own curie_map by their URI.
  void AddPrefixes() {
    for (const std::vector<std::string>& line : CsvLines(data::kMapPrefix)) {
      staging_.connection().Query("INSERT INTO map_prefix VALUES ($1, NULL, $2)", {line[0], line[1]});
    }
    for (const auto& [prefix, uri] : file_.prefixes) {
      staging_.connection().Query("INSERT INTO map_prefix VALUES ($1, $2, NULL)", {prefix, uri});
    }
  }

  // Lines that the mapper has not judged, or judged to be no map, are told and left out.
  void NoteSkipped() {
    const std::uint64_t dropped = file_.format == MapFormat::kWorkList
                                      ? Run(sql::kMapDropOpen, {request_.system}).rows_changed()
                                  : file_.format == MapFormat::kUsagi ? Run(sql::kMapDropUnapproved).rows_changed()
                                                                      : Run(sql::kMapDropNegated).rows_changed();
    if (dropped > 0) {
      result_.problems.push_back(
          {.code = "not_approved",
           .severity = Severity::kWarning,
           .table = "local_map",
           .count = dropped,
           .message = "Lines without a target yet, that the mapper has not approved, or that say what is no map"});
    }
  }

  duck::Result Run(std::string_view statement, std::initializer_list<duck::Value> values = {}) {
    return staging_.Run(statement, values, parts_.cancellation);
  }

  std::uint64_t Count(std::string_view statement) {
    return static_cast<std::uint64_t>(staging_.connection().QueryInt64(statement).value_or(0));
  }

  // Asks the lake what the staged file <wanted>.parquet names; `statement` reads it ($1) and writes the answer ($2).
  void ExportFromLake(std::string_view statement, const std::string& name) {
    Run("COPY map_delivered TO $1 (FORMAT parquet)", {staging_.PathOf("map_delivered")});
    Run("COPY map_prefix TO $1 (FORMAT parquet)", {staging_.PathOf("map_prefix")});
    duck::Connection connection = parts_.lake.Connect();
    const duck::CancelWatch watch(connection, parts_.cancellation);
    for (const char* table : {"code_system", "unit_alias", "local_map", "mapping_set", "source_to_concept_map"}) {
      connection.Query(fmt::format("COPY (FROM vocab.{}) TO $1 (FORMAT parquet)", table), {staging_.PathOf(table)});
    }
    Run(sql::kMakeNormalCode);
    staging_.ShowFile("code_system", "code_system", VocabTable("code_system"));
    Run(sql::kMapResolvePrefix);
    Run(sql::kMapNamed, {request_.vocabulary_id, request_.system});
    Run("COPY map_named TO $1 (FORMAT parquet)", {staging_.PathOf("map_named")});
    connection.Query(statement, {staging_.PathOf("map_named"), staging_.PathOf(name)});
  }

  // Finds the concepts that the lines name; what cannot be found or may not be mapped to is a problem.
  void ResolveRows() {
    Run(fmt::format("CREATE VIEW map_targets AS FROM read_parquet({})",
                    duck::QuoteLiteral(staging_.PathOf("map_targets"))));
    Run(sql::kMapResolved, {result_.mapping_set_id});
    duck::Result faults = Run(sql::kMapFaults);
    while (std::optional<duck::Chunk> chunk = faults.Fetch()) {
      for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
        AddFault(*chunk, row);
      }
    }
    Run(sql::kMapSound, {});
    result_.maps = Count("SELECT count(*) FROM map_sound");
    result_.codes = Count("SELECT count(DISTINCT (source_vocabulary_id, concept_code)) FROM map_sound");
    if (result_.maps == 0) {
      result_.problems.push_back(
          {.code = "no_maps", .table = "local_map", .message = "No line of the file can be taken as a map"});
    }
  }

  void AddFault(const duck::Chunk& chunk, std::uint64_t row) {
    const std::string code(chunk.Text(0, row));
    if (result_.problems.empty() || result_.problems.back().code != code) {
      result_.problems.push_back({.code = code,
                                  .table = "local_map",
                                  .count = static_cast<std::uint64_t>(chunk.Int64(1, row)),
                                  .message = MessageOf(code)});
    }
    result_.problems.back().examples.emplace_back(chunk.Text(2, row));
  }

  static std::string MessageOf(std::string_view code) {
    if (code == "unknown_system")
      return "Lines whose vocabulary is not known; --vocabulary (with --system for a work list) says it";
    if (code == "unknown_target") return "Lines whose target is no concept of the loaded vocabularies";
    if (code == "unsound_target") return "Lines whose target is not standard or not valid";
    return "Lines without a code or a target";
  }

  // Makes the new rows of code_target for the codes that the set touches, or touched before.
  void StageIndex() {
    parts_.progress.Report({.phase = "indexing codes", .unit = "codes"});
    for (const char* name : {"unit_alias", "local_map", "mapping_set", "source_to_concept_map"}) {
      const std::string shown = name == std::string_view("local_map")     ? "former_map"
                                : name == std::string_view("mapping_set") ? "former_set"
                                                                          : name;
      staging_.ShowFile(shown, name, VocabTable(name));
    }
    Run(sql::kMapWillStand, {result_.mapping_set_id, request_.precedence});
    Run(sql::kMapAffected, {result_.mapping_set_id});
    Run("COPY affected TO $1 (FORMAT parquet)", {staging_.PathOf("affected")});
    ExportConcepts();
    Run(sql::kStationMap);
    BuildCodeIndex(staging_, parts_.cancellation);
    NoteConflicts();
    result_.effective = static_cast<std::uint64_t>(
        staging_.connection().QueryInt64(sql::kMapEffective, {result_.mapping_set_id}).value_or(0));
    Run("COPY map_sound TO $1 (FORMAT parquet)", {staging_.PathOf("map_sound")});
    Run(sql::kMapSourceRows, {staging_.PathOf("map_rows")});
    Run(sql::kMapManaged, {staging_.PathOf("map_managed")});
    vocabularies_ = Run(sql::kMapVocabularies).Texts();
    for (const std::string& vocabulary : Run(sql::kMapAffectedVocabularies).Texts()) {
      affected_names_ += (affected_names_.empty() ? "" : ", ") + duck::QuoteLiteral(vocabulary);
    }
  }

  // The concepts and maps that the affected codes lead to, out of the lake's many.
  void ExportConcepts() {
    duck::Connection connection = parts_.lake.Connect();
    const duck::CancelWatch watch(connection, parts_.cancellation);
    Run("COPY (SELECT DISTINCT target_concept_id FROM will_stand) TO $1 (FORMAT parquet)",
        {staging_.PathOf("stand_targets")});
    connection.Query(sql::kMapExportRelationships,
                     {staging_.PathOf("affected"), staging_.PathOf("concept_relationship")});
    connection.Query(sql::kMapExportConcepts, {staging_.PathOf("affected"), staging_.PathOf("concept_relationship"),
                                               staging_.PathOf("stand_targets"), staging_.PathOf("concept")});
    staging_.ShowFile("concept", "concept", VocabTable("concept"));
    staging_.ShowFile("concept_relationship", "concept_relationship", VocabTable("concept_relationship"));
  }

  void NoteConflicts() {
    duck::Result result = Run(sql::kMapConflicts);
    const std::optional<duck::Chunk> chunk = result.Fetch();
    if (chunk && chunk->Int64(0, 0) > 0) {
      Problem problem{.code = "map_conflict",
                      .severity = Severity::kWarning,
                      .table = "local_map",
                      .count = static_cast<std::uint64_t>(chunk->Int64(0, 0)),
                      .message =
                          "Codes that local maps map differently; the one with the higher precedence counts, then "
                          "the later one"};
      std::string_view examples = chunk->IsNull(1, 0) ? std::string_view() : chunk->Text(1, 0);
      while (!examples.empty()) {
        const std::size_t end = examples.find('\n');
        problem.examples.emplace_back(examples.substr(0, end));
        examples.remove_prefix(end == std::string_view::npos ? examples.size() : end + 1);
      }
      result_.problems.push_back(std::move(problem));
    }
  }

  catalog::CommitInfo Info() const {
    return {.run_id = request_.run_id,
            .kind = "vocab",
            .message = "local map " + result_.mapping_set_id,
            .code_fingerprint = {},
            .assets = {"vocab/local_map", "vocab/mapping_set", "vocab/source_to_concept_map", "vocab/code_target"},
            .program_version = request_.program_version};
  }

  // A vocabulary of the station's own gets a row of vocabulary and the concept that this must name.
  static void NoteVocabulary(duck::Connection& connection, const std::string& vocabulary) {
    if (connection.QueryInt64(sql::kLocalVocabularyUnknown, {vocabulary}) == 1) {
      GiveLocalNumbers(connection, {{vocabulary, "(vocabulary)"}});
      connection.Query(sql::kInsertLocalVocabularyConcept, {vocabulary});
      connection.Query(sql::kInsertLocalVocabulary, {vocabulary});
    }
  }

  catalog::CommitOutcome Work(duck::Connection& connection, std::int64_t snapshot_id) {
    const VocabSearchPath search_path(connection, parts_.lake.project());
    const auto text = [](const std::string& value) {
      return value.empty() ? duck::Value() : duck::Value(std::string_view(value));
    };
    connection.Query("DELETE FROM local_map WHERE mapping_set_id = $1", {result_.mapping_set_id});
    connection.Query("DELETE FROM mapping_set WHERE mapping_set_id = $1", {result_.mapping_set_id});
    connection.Query("INSERT INTO local_map BY NAME SELECT * FROM read_parquet($1)", {staging_.PathOf("map_sound")});
    connection.Query(sql::kInsertMappingSet,
                     {result_.mapping_set_id, text(result_.version), NameOf(result_.format), text(Metadata("license")),
                      request_.precedence, request_.path.shown, survey_.sha256, request_.run_id, snapshot_id});
    if (!request_.system.empty() && !request_.vocabulary_id.empty()) {
      connection.Query(sql::kMapNoteSystem, {request_.system, request_.vocabulary_id});
    }
    for (const std::string& vocabulary : vocabularies_) {
      NoteVocabulary(connection, vocabulary);
    }
    connection.Query(sql::kMapDeleteRows, {staging_.PathOf("map_managed")});
    connection.Query("INSERT INTO source_to_concept_map BY NAME SELECT * FROM read_parquet($1)",
                     {staging_.PathOf("map_rows")});
    if (!affected_names_.empty()) {
      // The names stand in the text, so that files and row groups of other vocabularies are left out.
      connection.Query(fmt::format("{} AND code_target.vocabulary_id IN ({})", sql::kMapDeleteCodes, affected_names_),
                       {staging_.PathOf("affected")});
    }
    connection.Query(sql::kMapInsertCodes, {staging_.PathOf("code_target"), staging_.PathOf("affected")});
    connection.Query(sql::kInsertRelease,
                     {result_.mapping_set_id, text(result_.version), snapshot_id, request_.run_id, request_.path.shown,
                      request_.partial, static_cast<std::int64_t>(result_.problems.size())});
    core::FaultPoint("vocab.map_in_commit");
    return {.changed = true,
            .inputs = {{.asset = "vocab/local_map",
                        .input = request_.path.shown,
                        .input_kind = "file",
                        .content_hash = survey_.sha256,
                        .bytes = survey_.bytes,
                        .records = result_.lines,
                        .input_snapshot_id = std::nullopt}},
            .counts_json = nlohmann::json{{"maps", result_.maps}, {"codes", result_.codes}}.dump(),
            .column_edges = {}};
  }

  const LoadParts& parts_;
  const MapLoadRequest& request_;
  std::string path_;
  StagingFolder folder_;
  Staging staging_;
  FileSurvey survey_;
  MapFile file_;
  std::vector<std::string> vocabularies_;  // whose codes the set maps
  std::string affected_names_;             // of the vocabularies whose codes it touches, quoted
  MapLoadResult result_;
};

}  // namespace

MapLoadResult LoadMap(const LoadParts& parts, const MapLoadRequest& request) { return MapRun(parts, request).Run(); }

}  // namespace pluginlake::omop
