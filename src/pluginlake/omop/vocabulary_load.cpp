// One load from its path to its commit.
#include "pluginlake/omop/vocabulary_load.h"

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <utility>

#include "omop/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/fault.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/omop/athena_tables.h"
#include "pluginlake/omop/bundle.h"
#include "pluginlake/omop/code_index.h"
#include "pluginlake/omop/dhd_load.h"
#include "pluginlake/omop/file_survey.h"
#include "pluginlake/omop/kept_rows.h"
#include "pluginlake/omop/map_load.h"
#include "pluginlake/omop/release_commit.h"
#include "pluginlake/omop/staged_files.h"
#include "pluginlake/omop/staging.h"
#include "pluginlake/omop/staging_folder.h"

namespace pluginlake::omop {
namespace {

namespace fs = std::filesystem;

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

std::string MadeUnpackFolder(const std::string& folder) {
  fs::create_directories(folder);
  return folder;
}

class LoadRun {
 public:
  LoadRun(catalog::Lake& lake, const LoadSettings& settings, const LoadRequest& request, core::Progress& progress,
          const core::Cancellation& cancellation)
      : lake_(lake),
        settings_(settings),
        request_(request),
        progress_(progress),
        cancellation_(cancellation),
        folder_(settings.staging_directory, cancellation),
        staged_(settings.staging_directory, request.program_version),
        staging_({.folder = settings.staging_directory,
                  .memory_mb_max = settings.memory_mb_max,
                  .temp_mb_max = settings.temp_mb_max,
                  .threads = settings.threads}) {
    result_.run_id = request.run_id;
  }

  LoadResult Run(const core::Principal& principal, catalog::Writer& writer) {
    InPhase("open", [&] { Open(); });
    InPhase("read", [&] { SurveyFiles(); });
    InPhase("sort", [&] { StageFiles(); });
    core::FaultPoint("vocab.after_staging");
    InPhase("check", [&] { Check(); });
    if (IsRefused()) {
      result_.refused = true;
      return std::move(result_);
    }
    InPhase("index", [&] {
      progress_.Report({.phase = "indexing codes", .unit = "codes"});
      BuildCodeIndex(staging_, cancellation_);
      if (!is_local_ && HasDhd()) {
        DeriveDhdAnew();
      }
    });
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

  void Open() {
    Delivery delivery({.path = request_.path,
                       .scratch_folder = MadeUnpackFolder(settings_.staging_directory + "/unpacked"),
                       .limits = settings_.limits},
                      progress_, cancellation_);
    bundle_ = OpenBundle(delivery);
    result_.problems = bundle_.problems;
    for (const BundleFile& file : bundle_.files) {
      bytes_ += file.bytes;
    }
  }

  void SurveyFiles() {
    std::uint64_t before = 0;
    for (const BundleFile& file : bundle_.files) {
      surveys_.push_back(SurveyFile(file.path, file.shown, [&](std::uint64_t bytes) {
        CheckCancelled();
        progress_.Report({.phase = "reading", .done = before + bytes, .total = bytes_, .unit = "bytes"});
      }));
      before += file.bytes;
    }
  }

  void StageFiles() {
    std::uint64_t done = 0;
    for (std::size_t i = 0; i < bundle_.files.size(); ++i) {
      const BundleFile& file = bundle_.files[i];
      progress_.Report({.phase = "sorting " + file.table, .done = done, .total = bytes_, .unit = "bytes"});
      StageFile(file, surveys_[i]);
      done += file.bytes;
    }
  }

  // Takes what an earlier, interrupted load left of the same bytes.
  void StageFile(const BundleFile& file, const FileSurvey& survey) {
    if (staged_.Find(file.table, survey.sha256) == nullptr) {
      StagedFile staged{.table = file.table, .sha256 = survey.sha256, .rows = 0, .problems = {}};
      staged.rows = staging_.StageFile(file, survey, staged.problems, cancellation_);
      if (staging_.HasFile(file.table)) {
        core::FaultPoint("vocab.after_file");
        staged_.Put(std::move(staged));
      } else {
        std::ranges::move(staged.problems, std::back_inserter(result_.problems));
        return;
      }
    }
    const StagedFile& stands = *staged_.Find(file.table, survey.sha256);
    result_.problems.insert(result_.problems.end(), stands.problems.begin(), stands.problems.end());
    readable_.insert(file.table);
  }

  void Check() {
    ShowTables("bundle_", "");
    if (!readable_.contains("concept") || staging_.connection().QueryInt64(sql::kBundleHasConcepts) == 0) {
      result_.problems.push_back(
          {.code = "no_concepts", .table = "concept", .message = "The bundle brings no concept that can be read"});
      has_concepts_ = false;
      return;
    }
    result_.release = staging_.connection().QueryText(sql::kBundleRelease).value_or("");
    is_local_ = staging_.connection().QueryInt64(sql::kBundleIsLocal) == 1;
    ReadLocalIds();
    ExportKeptRows(lake_, staging_, is_local_, cancellation_);
    ShowWhatWillStand();
    const GateInput input{.tables = readable_,
                          .bundle_is_local = is_local_,
                          .release = result_.release,
                          .loaded_release = LoadedRelease()};
    for (Problem& problem : RunGate(staging_, input, request_.gate, progress_, cancellation_)) {
      result_.problems.push_back(std::move(problem));
    }
    for (Problem& problem : result_.problems) {
      if (request_.accepted.contains(problem.code)) {
        problem.severity = Severity::kWarning;
      }
    }
  }

  // Makes a view <prefix><table> over each table's file.
  void ShowTables(const std::string& prefix, const std::string& file_prefix) {
    for (const AthenaTable& table : AthenaTables()) {
      staging_.ShowFile(prefix + table.table.name, file_prefix + table.table.name, table.table);
    }
  }

  // Makes the views of what the commit will leave: the delivery, and what stays beside it.
  void ShowWhatWillStand() {
    ShowTables("kept_", "kept_");
    for (const AthenaTable& table : AthenaTables()) {
      staging_.connection().Query(
          fmt::format("CREATE OR REPLACE VIEW {0} AS FROM bundle_{0} UNION ALL FROM kept_{0}", table.table.name));
    }
    for (const char* name : {"code_system", "unit_alias"}) {
      staging_.ShowFile(name, name, VocabTable(name));
    }
    for (const char* name : {"former_vocabulary", "former_table", "used_vocabulary"}) {
      staging_.ShowFile(name, name, {});
    }
    staging_.ShowFile("vocabulary_licence", "vocabulary_licence", VocabTable("vocabulary_licence"));
    staging_.ShowFile("former_map", "local_map", VocabTable("local_map"));
    staging_.ShowFile("former_set", "mapping_set", VocabTable("mapping_set"));
    staging_.Run(sql::kMakeNormalCode, {}, cancellation_);
    staging_.Run(sql::kMapsAsTheyStand, {}, cancellation_);
    staging_.Run(sql::kStationMap, {}, cancellation_);
  }

  bool HasDhd() { return staging_.HasFile("dhd_delivery"); }

  // The maps of the DHD thesauri follow the release: derived from what was delivered, over what will stand.
  void DeriveDhdAnew() {
    for (const char* name : {"dhd_delivery", "dhd_concept", "dhd_term", "dhd_derivation", "dhd_relation",
                             "local_concept", "code_target"}) {
      staging_.ShowFile(name, name, VocabTable(name));
    }
    result_.dhd_coverage = DeriveDhd(staging_.connection(), [](const std::vector<UnnumberedCode>&) {
      core::ThrowInternal("a DHD concept that stands has no number", __FILE__, __LINE__);
    });
    for (const DhdRowsOf& rows : DhdRows()) {
      staging_.Run(fmt::format("COPY {} TO {} (FORMAT parquet)", rows.rows,
                               duck::QuoteLiteral(staging_.PathOf(fmt::format("derived_{}", rows.table)))),
                   {}, cancellation_);
    }
  }

  std::string LoadedRelease() {
    duck::Connection connection = lake_.Connect();
    return connection.QueryText(sql::kLoadedRelease, {std::string_view("Athena")}).value_or("");
  }

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

  bool IsRefused() const { return !has_concepts_ || (HasErrors(result_.problems) && !request_.partial); }

  // Returns "Athena", or the local vocabularies' names: "DEMO".
  std::string Name() const {
    std::string names;
    for (const LocalIds& ids : local_ids_) {
      names += (names.empty() ? "" : ", ") + ids.vocabulary_id;
    }
    return is_local_ ? names : "Athena";
  }

  void Commit(const core::Principal& principal, catalog::Writer& writer) {
    progress_.Report({.phase = "committing", .unit = "tables"});
    ReleaseCommit commit{
        .info = {.run_id = request_.run_id,
                 .kind = "vocab",
                 .message = result_.release.empty() ? "vocabularies" : "vocabularies " + result_.release,
                 .code_fingerprint = {},
                 .assets = {},
                 .program_version = request_.program_version},
        .inputs = {},
        .local_ids = local_ids_,
        .name = Name(),
        .release = result_.release,
        .source = request_.path.shown,
        .partial = request_.partial,
        .findings = result_.problems.size()};
    for (std::size_t i = 0; i < bundle_.files.size(); ++i) {
      commit.inputs.push_back({.asset = "vocab/" + bundle_.files[i].table,
                               .input = bundle_.files[i].shown,
                               .input_kind = "file",
                               .content_hash = surveys_[i].sha256,
                               .bytes = surveys_[i].bytes,
                               .records = surveys_[i].lines,
                               .input_snapshot_id = std::nullopt});
    }
    CommittedRelease committed = CommitRelease(lake_, writer, staging_, principal, std::move(commit));
    result_.tables = std::move(committed.tables);
    result_.snapshot_id = committed.snapshot_id;
  }

  catalog::Lake& lake_;
  const LoadSettings& settings_;
  const LoadRequest& request_;
  core::Progress& progress_;
  const core::Cancellation& cancellation_;
  StagingFolder folder_;
  StagedFiles staged_;
  Staging staging_;
  Bundle bundle_;
  std::uint64_t bytes_ = 0;          // of all files
  std::vector<FileSurvey> surveys_;  // beside bundle_.files
  std::set<std::string> readable_;   // tables whose file has a head line that fits
  bool has_concepts_ = true;
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

MapLoadResult VocabularyLoad::RunMap(const core::Principal& principal, const MapLoadRequest& request,
                                     core::Progress& progress, const core::Cancellation& cancellation) {
  catalog::RequireOperator(principal);
  const RunningMark mark(running_mutex_, running_, request.path.shown);
  return LoadMap({lake_, writer_, settings_, principal, progress, cancellation}, request);
}

DhdLoadResult VocabularyLoad::RunDhd(const core::Principal& principal, const DhdLoadRequest& request,
                                     core::Progress& progress, const core::Cancellation& cancellation) {
  catalog::RequireOperator(principal);
  const RunningMark mark(running_mutex_, running_, request.path.shown);
  return LoadDhd({lake_, writer_, settings_, principal, progress, cancellation}, request);
}

}  // namespace pluginlake::omop
