// Reads a case, computes what it is about, and compares rows as text.
#include "pluginlake/assets/trial.h"

// A parse error is a value here, and the parser is part of this file: no shared library to install.
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "assets/sql.h"
#include "pluginlake/assets/compute.h"
#include "pluginlake/assets/fhir_step.h"
#include "pluginlake/assets/graph.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/catalog/writer.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/sources/ingest.h"

namespace pluginlake::assets {
namespace {

namespace fs = std::filesystem;

constexpr const char* kRawTables[] = {"raw.fhir_resource", "raw.fhir_identifier", "raw.fhir_reference_target",
                                      "raw.fhir_reference_pending", "quality.quarantine"};
constexpr std::size_t kRowsShownMax = 5;

[[noreturn]] void Refuse(const std::string& folder, const std::string& what) {
  throw core::Error(core::ErrorKind::kInvalidInput, "PL-1110",
                    fmt::format("This is no sound case: {}: {}", folder, what),
                    "A case has in.ndjson or in.json, and expected/<schema>.<table>.csv.");
}

std::map<std::string, std::string> VariablesOf(const TrialCase& trial, std::map<std::string, std::string> variables) {
  const fs::path path = fs::path(trial.folder) / "settings.toml";
  std::error_code ignored;
  if (fs::exists(path, ignored)) {
    const toml::parse_result parsed = toml::parse_file(path.string());
    if (!parsed) {
      Refuse(trial.folder, fmt::format("settings.toml: {}", parsed.error().description()));
    }
    for (const auto& [name, value] : parsed.table()) {
      variables[std::string(name.str())] = value.value_or(std::string());
    }
  }
  variables["run_id"] = "trial";
  return variables;
}

std::vector<TableName> ExpectedTables(const TrialCase& trial) {
  std::vector<TableName> tables;
  for (const auto& entry : fs::directory_iterator(fs::path(trial.folder) / "expected")) {
    const std::string name = entry.path().stem().string();
    const std::size_t dot = name.find('.');
    if (entry.path().extension() != ".csv" || dot == std::string::npos) {
      Refuse(trial.folder, "expected/ holds something else: " + entry.path().filename().string());
    }
    tables.push_back({name.substr(0, dot), name.substr(dot + 1)});
  }
  std::ranges::sort(tables);
  return tables;
}

void TakeIn(const core::Principal& principal, const TrialParts& parts, const TrialCase& trial) {
  sources::IngestRequest request{.batch_id = core::NewRunId(), .program_version = "trial"};
  for (const char* name : {"in.ndjson", "in.json"}) {
    const std::string path = (fs::path(trial.folder) / name).string();
    if (fs::exists(path)) {
      request.paths.push_back({.shown = name, .absolute = path});
    }
  }
  if (request.paths.empty()) {
    Refuse(trial.folder, "there is no input");
  }
  core::NoProgress progress;
  const core::Cancellation cancellation;
  parts.ingest.Run(principal, request, progress, cancellation);
}

void EmptyLake(const core::Principal& principal, const TrialParts& parts) {
  parts.writer.Commit(principal, {.run_id = core::NewRunId(), .kind = "trial", .message = "emptied after a case"},
                      [](duck::Connection& connection, std::int64_t) {
                        for (const char* table : kRawTables) {
                          connection.Query(fmt::format("DELETE FROM {}", table));
                        }
                        return catalog::CommitOutcome{.changed = true};
                      });
}

// Computes assets and compares tables; lives for one case.
class Trial {
 public:
  Trial(const TrialParts& parts, const TrialCase& trial)
      : trial_(trial),
        graph_(parts.pack),
        workbench_(parts.lake.database(), VariablesOf(trial, parts.variables)),
        relations_(workbench_, parts.lake.project(), Standing(parts.lake), Newest(parts.lake)),
        bridge_(relations_),
        compute_(graph_, relations_, bridge_) {}

  std::vector<std::string> Run() {
    const std::vector<TableName> tables = ExpectedTables(trial_);
    ComputeAll(tables);
    compute_.ShowAsIs(RowSource());
    references_ = workbench_.Keep("references", std::string(sql::kTrialReferences));
    for (const TableName& table : tables) {
      Compare(table);
    }
    return std::move(differences_);
  }

 private:
  static std::vector<schemas::Table> Standing(catalog::Lake& lake) {
    duck::Connection connection = lake.Connect();
    return catalog::StandingTables(connection, lake.project());
  }

  static std::int64_t Newest(catalog::Lake& lake) {
    duck::Connection connection = lake.Connect();
    return lake.CurrentSnapshot(connection);
  }

  void Need(const TableName& table, std::set<std::string>& needed) const {
    const Asset* asset = graph_.Find(table);
    if (asset != nullptr && needed.insert(asset->key).second) {
      for (const TableName& input : asset->inputs) {
        Need(input, needed);
      }
    }
  }

  void ComputeAll(const std::vector<TableName>& tables) {
    std::set<std::string> needed;
    Need(RowSource(), needed);
    for (const TableName& table : tables) {
      if (graph_.Find(table) == nullptr) {
        Refuse(trial_.folder, "no asset makes " + table.text());
      }
      Need(table, needed);
    }
    std::vector<FhirRequest> views;
    for (const Asset* asset : graph_.order()) {
      if (FhirStep::Takes(*asset) && needed.contains(asset->key)) {
        views.push_back({.asset = asset, .cursor = {}});
      }
    }
    core::NoProgress progress;
    const core::Cancellation cancellation;
    FhirStep(relations_, compute_, {.threads = 1}, progress, cancellation).Run(views);
    for (const Asset* asset : graph_.order()) {
      if (asset->keep == Keep::kTable && !FhirStep::Takes(*asset) && needed.contains(asset->key)) {
        compute_.Run(*asset, std::nullopt);
      }
    }
  }

  // Text of the columns that the file names; `ref:` values stand for ids.
  std::string ExpectedRows(const std::string& file, const std::vector<duck::Column>& columns) const {
    std::string list;
    for (const duck::Column& column : columns) {
      const std::string name = duck::QuoteIdentifier(column.name);
      list += fmt::format("{}coalesce((SELECT id FROM {} AS r WHERE r.reference = e.{}), e.{}) AS {}",
                          list.empty() ? "" : ", ", references_, name, name, name);
    }
    return fmt::format("SELECT {} FROM {} AS e", list, file);
  }

  void Compare(const TableName& table) {
    duck::Connection& connection = workbench_.connection();
    const std::string path = (fs::path(trial_.folder) / "expected" / (table.text() + ".csv")).string();
    const std::string file = workbench_.Keep(
        "expected", fmt::format("SELECT * FROM read_csv({}, header = true, all_varchar = true, nullstr = '', "
                                "delim = ',', quote = '\"')",
                                duck::QuoteLiteral(path)));
    const std::vector<duck::Column> columns = connection.Query(fmt::format("SELECT * FROM {} LIMIT 0", file)).columns();
    std::string list;
    for (const duck::Column& column : columns) {
      if (!relations_.HasColumn(table, column.name)) {
        Refuse(trial_.folder, fmt::format("{} has no column {}", table.text(), column.name));
      }
      const std::string name = duck::QuoteIdentifier(column.name);
      list += fmt::format("{}{}::VARCHAR AS {}", list.empty() ? "" : ", ", name, name);
    }
    const std::string actual = fmt::format("SELECT {} FROM ({})", list, relations_.Rows(table));
    const std::string expected = ExpectedRows(file, columns);
    Tell(table, "missing", expected, actual, columns);
    Tell(table, "unexpected", actual, expected, columns);
  }

  void Tell(const TableName& table, const std::string& word, const std::string& here, const std::string& there,
            const std::vector<duck::Column>& columns) {
    duck::Result rows = workbench_.connection().Query(
        fmt::format("SELECT * FROM (({}) EXCEPT ALL ({})) LIMIT {}", here, there, kRowsShownMax));
    while (std::optional<duck::Chunk> chunk = rows.Fetch()) {
      for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
        std::string text;
        for (std::uint64_t column = 0; column < columns.size(); ++column) {
          text += fmt::format("{}{}={}", text.empty() ? "" : ", ", columns[column].name,
                              chunk->IsNull(column, row) ? "NULL" : std::string(chunk->Text(column, row)));
        }
        differences_.push_back(fmt::format("{}: {}: {}", table.text(), word, text));
      }
    }
  }

  const TrialCase& trial_;
  Graph graph_;
  Workbench workbench_;
  Relations relations_;
  KeyBridge bridge_;
  Compute compute_;
  std::string references_;
  std::vector<std::string> differences_;
};

}  // namespace

std::vector<TrialCase> FindTrials(const std::string& folder) {
  std::vector<TrialCase> trials;
  std::error_code error;
  if (fs::is_directory(fs::path(folder) / "expected", error)) {
    return {{folder}};
  }
  for (fs::recursive_directory_iterator entry(folder, error), end; !error && entry != end; entry.increment(error)) {
    if (entry->is_directory(error) && entry->path().filename() == "expected") {
      trials.push_back({entry->path().parent_path().string()});
    }
  }
  if (trials.empty()) {
    throw core::Error(core::ErrorKind::kNotFound, "PL-1206", fmt::format("There is no case at or below {}", folder),
                      "A case is a folder with in.ndjson and expected/<schema>.<table>.csv in it.");
  }
  std::ranges::sort(trials, {}, &TrialCase::folder);
  return trials;
}

TrialResult RunTrial(const core::Principal& principal, const TrialParts& parts, const TrialCase& trial) {
  TakeIn(principal, parts, trial);
  TrialResult result{.folder = trial.folder};
  try {
    result.differences = Trial(parts, trial).Run();
  } catch (const core::Error& error) {  // the edge of a run step: the next case runs all the same
    result.differences.emplace_back(error.what());
  }
  EmptyLake(principal, parts);
  return result;
}

}  // namespace pluginlake::assets
