// One load from its path to its commit.
#include "pluginlake/omop/vocabulary_load.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <utility>

#include "omop/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/replace_table.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/omop/athena_tables.h"
#include "pluginlake/omop/bundle.h"
#include "pluginlake/omop/code_index.h"
#include "pluginlake/omop/file_survey.h"
#include "pluginlake/omop/kept_rows.h"
#include "pluginlake/omop/local_blocks.h"
#include "pluginlake/omop/staging.h"

namespace pluginlake::omop {
namespace {

namespace fs = std::filesystem;

// A folder that goes when the load ends, however it ends.
class ScratchFolder {
 public:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) { fs::create_directories(path_); }
  ~ScratchFolder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

 private:
  std::string path_;
};

// Says who loads, as long as it lives.
class RunningMark {
 public:
  RunningMark(std::mutex& mutex, std::string& running, const std::string& what) : mutex_(mutex), running_(running) {
    const std::lock_guard lock(mutex_);
    if (!running_.empty()) {
      throw core::Error(core::ErrorKind::kConflict, "PL-1013",
                        fmt::format("Another load of vocabularies is under way: {}", running_),
                        "Wait until it ends, or stop it with Ctrl-C where it was typed.");
    }
    running_ = what;
  }
  ~RunningMark() {
    const std::lock_guard lock(mutex_);
    running_.clear();
  }
  RunningMark(const RunningMark&) = delete;
  RunningMark& operator=(const RunningMark&) = delete;

 private:
  std::mutex& mutex_;
  std::string& running_;
};

class LoadRun {
 public:
  LoadRun(catalog::Lake& lake, const LoadSettings& settings, const LoadRequest& request, core::Progress& progress,
          const core::Cancellation& cancellation)
      : lake_(lake),
        settings_(settings),
        request_(request),
        progress_(progress),
        cancellation_(cancellation),
        folder_(fmt::format("{}/vocab-{}", settings.scratch_directory, request.run_id)),
        scratch_(folder_),
        staging_({.folder = folder_,
                  .memory_mb_max = settings.memory_mb_max,
                  .temp_mb_max = settings.temp_mb_max,
                  .threads = settings.threads}) {
    result_.run_id = request.run_id;
  }

  LoadResult Run(const core::Principal& principal, catalog::Writer& writer) {
    InPhase("open", [&] {
      bundle_ = OpenBundle({.path = request_.path, .scratch_folder = folder_, .limits = settings_.limits}, progress_,
                           cancellation_);
      result_.problems = bundle_.problems;
    });
    InPhase("read", [&] { SurveyFiles(); });
    InPhase("sort", [&] { StageFiles(); });
    core::FaultPoint("vocab.after_staging");
    ShowTables("bundle_", "");
    result_.release = staging_.connection().QueryText(sql::kBundleRelease).value_or("");
    if (IsRefused()) {
      result_.refused = true;
      return std::move(result_);
    }
    InPhase("index", [&] { BuildIndex(); });
    core::FaultPoint("vocab.before_commit");
    InPhase("commit", [&] { Commit(principal, writer); });
    return std::move(result_);
  }

 private:
  template <typename Work>
  void InPhase(const std::string& name, const Work& work) {
    const auto begun = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begun;
    result_.phases.push_back({name, taken.count()});
  }

  void CheckCancelled() const {
    if (cancellation_.is_requested()) {
      throw core::Interrupted{};
    }
  }

  std::uint64_t BytesOfFiles() const {
    std::uint64_t bytes = 0;
    for (const BundleFile& file : bundle_.files) {
      bytes += file.bytes;
    }
    return bytes;
  }

  void SurveyFiles() {
    const std::uint64_t total = BytesOfFiles();
    std::uint64_t before = 0;
    for (const BundleFile& file : bundle_.files) {
      surveys_.push_back(SurveyFile(file.path, file.shown, [&](std::uint64_t bytes) {
        CheckCancelled();
        progress_.Report({.phase = "reading", .done = before + bytes, .total = total, .unit = "bytes"});
      }));
      before += file.bytes;
    }
  }

  void StageFiles() {
    const std::uint64_t total = BytesOfFiles();
    std::uint64_t done = 0;
    for (std::size_t i = 0; i < bundle_.files.size(); ++i) {
      const BundleFile& file = bundle_.files[i];
      progress_.Report({.phase = "sorting " + file.table, .done = done, .total = total, .unit = "bytes"});
      rows_[file.table] = staging_.StageFile(file, surveys_[i], result_.problems, cancellation_);
      done += file.bytes;
    }
  }

  // Makes a view <prefix><table> over each table's file.
  void ShowTables(const std::string& prefix, const std::string& file_prefix) {
    for (const AthenaTable& table : AthenaTables()) {
      staging_.ShowFile(prefix + table.table.name, file_prefix + table.table.name, table.table);
    }
  }

  bool IsRefused() {
    if (rows_["concept"] == 0) {
      result_.problems.push_back(
          {.code = "no_concepts", .table = "concept", .message = "The bundle brings no concept that can be read"});
      return true;
    }
    return HasErrors(result_.problems) && !request_.partial;
  }

  // Builds code_target over what will stand: the delivery and what stays beside it.
  void BuildIndex() {
    progress_.Report({.phase = "indexing codes", .unit = "records"});
    is_local_ = staging_.connection().QueryInt64(sql::kBundleIsLocal) == 1;
    ReadLocalIds();
    ExportKeptRows(lake_, staging_, is_local_, cancellation_);
    ShowTables("kept_", "kept_");
    for (const AthenaTable& table : AthenaTables()) {
      staging_.connection().Query(
          fmt::format("CREATE VIEW {0} AS FROM bundle_{0} UNION ALL FROM kept_{0}", table.table.name));
    }
    staging_.ShowFile("code_system", "code_system", VocabTable("code_system"));
    staging_.ShowFile("unit_alias", "unit_alias", VocabTable("unit_alias"));
    rows_["code_target"] = BuildCodeIndex(staging_, cancellation_);
  }

  std::vector<std::string> FilesOf(const std::string& table) const {
    std::vector<std::string> files;
    for (const std::string& name : {table, "kept_" + table}) {
      if (staging_.HasFile(name)) {
        files.push_back(staging_.PathOf(name));
      }
    }
    return files;
  }

  // An empty Parquet file is a file all the same, which every read would open.
  std::vector<std::string> FilesWithRows(const std::string& table) {
    std::vector<std::string> files;
    for (const std::string& file : FilesOf(table)) {
      const std::int64_t rows = staging_.connection().QueryInt64(sql::kStagedRows, {file}).value_or(0);
      if (rows > 0) {
        result_.tables[table] += static_cast<std::uint64_t>(rows);
        files.push_back(file);
      }
    }
    return files;
  }

  void Commit(const core::Principal& principal, catalog::Writer& writer) {
    progress_.Report({.phase = "committing", .unit = "records"});
    std::vector<std::pair<schemas::Table, std::vector<std::string>>> replaced;
    for (const AthenaTable& table : AthenaTables()) {
      result_.tables[table.table.name] = 0;
      replaced.emplace_back(table.table, FilesWithRows(table.table.name));
    }
    result_.tables["code_target"] = 0;
    replaced.emplace_back(VocabTable("code_target"), FilesWithRows("code_target"));
    result_.snapshot_id =
        writer.Commit(principal, Info(), [&](duck::Connection& connection, std::int64_t next_snapshot_id) {
          for (const LocalIds& ids : local_ids_) {
            ClaimLocalIds(connection, ids);
          }
          for (const auto& [table, files] : replaced) {
            catalog::ReplaceTable(connection, lake_, table, files);
          }
          NoteRelease(connection, next_snapshot_id);
          core::FaultPoint("vocab.in_commit");
          return Outcome();
        });
  }

  // Asks while the staged files are still where they were made: the commit moves them.
  void ReadLocalIds() {
    duck::Result ranges = staging_.connection().Query(sql::kLocalIdRanges);
    while (std::optional<duck::Chunk> chunk = ranges.Fetch()) {
      for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
        local_ids_.push_back({.vocabulary_id = std::string(chunk->Text(0, row)),
                              .first_id = chunk->Int64(1, row),
                              .last_id = chunk->Int64(2, row)});
      }
    }
  }

  void NoteRelease(duck::Connection& connection, std::int64_t snapshot_id) {
    const std::string name = is_local_ ? LocalName() : "Athena";
    const duck::Value release =
        result_.release.empty() ? duck::Value() : duck::Value(std::string_view(result_.release));
    connection.Query(sql::kInsertRelease, {name, release, snapshot_id, request_.run_id, request_.path.shown,
                                           request_.partial, static_cast<std::int64_t>(result_.problems.size())});
  }

  // Returns the local vocabularies' names: "DEMO".
  std::string LocalName() const {
    std::string names;
    for (const LocalIds& ids : local_ids_) {
      names += (names.empty() ? "" : ", ") + ids.vocabulary_id;
    }
    return names;
  }

  catalog::CommitInfo Info() const {
    catalog::CommitInfo info{.run_id = request_.run_id,
                             .kind = "vocab",
                             .message = result_.release.empty() ? "vocabularies" : "vocabularies " + result_.release,
                             .program_version = request_.program_version};
    for (const auto& [table, rows] : result_.tables) {
      info.assets.push_back("vocab/" + table);
    }
    return info;
  }

  catalog::CommitOutcome Outcome() const {
    catalog::CommitOutcome outcome{.changed = true, .counts_json = nlohmann::json(result_.tables).dump()};
    for (std::size_t i = 0; i < bundle_.files.size(); ++i) {
      outcome.inputs.push_back({.asset = "vocab/" + bundle_.files[i].table,
                                .input = bundle_.files[i].shown,
                                .input_kind = "file",
                                .content_hash = surveys_[i].sha256,
                                .bytes = surveys_[i].bytes,
                                .records = surveys_[i].lines});
    }
    return outcome;
  }

  catalog::Lake& lake_;
  const LoadSettings& settings_;
  const LoadRequest& request_;
  core::Progress& progress_;
  const core::Cancellation& cancellation_;
  std::string folder_;
  ScratchFolder scratch_;
  Staging staging_;
  Bundle bundle_;
  std::vector<FileSurvey> surveys_;            // beside bundle_.files
  std::map<std::string, std::uint64_t> rows_;  // of the delivery, by table
  bool is_local_ = false;
  std::vector<LocalIds> local_ids_;  // that the delivery brings itself
  LoadResult result_;
};

}  // namespace

VocabularyLoad::VocabularyLoad(catalog::Lake& lake, catalog::Writer& writer, const LoadSettings& settings)
    : lake_(lake), writer_(writer), settings_(settings) {}

LoadResult VocabularyLoad::Run(const core::Principal& principal, const LoadRequest& request, core::Progress& progress,
                               const core::Cancellation& cancellation) {
  catalog::RequireOperator(principal);
  const RunningMark mark(running_mutex_, running_, request.path.shown);
  LoadRun run(lake_, settings_, request, progress, cancellation);
  return run.Run(principal, writer_);
}

}  // namespace pluginlake::omop
