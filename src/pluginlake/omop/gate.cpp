// Runs the checks one after the other; those that are many of a kind come from data/.
#include "pluginlake/omop/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <utility>

#include "omop/data.h"
#include "omop/sql.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/omop/csv_lines.h"
#include "pluginlake/omop/staging.h"

namespace pluginlake::omop {
namespace {

// Up to so many rows of concept_ancestor every pair is compared.
constexpr std::int64_t kPairsExactMax = 5'000'000;

using Names = std::initializer_list<std::pair<std::string_view, std::string>>;

// Puts our own names, quoted, in the place of a template's.
std::string Filled(std::string_view statement, const Names& names) {
  std::string text(statement);
  for (const auto& [placeholder, name] : names) {
    for (std::size_t at = text.find(placeholder); at != std::string::npos;
         at = text.find(placeholder, at + name.size())) {
      text.replace(at, placeholder.size(), name);
    }
  }
  return text;
}

std::string Quoted(std::string_view name) { return duck::QuoteIdentifier(name); }

std::vector<std::string> PartsOf(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return parts;
}

class Gate {
 public:
  Gate(Staging& staging, const GateInput& input, const GateSettings& settings, core::Progress& progress,
       const core::Cancellation& cancellation)
      : staging_(staging), input_(input), settings_(settings), progress_(progress), cancellation_(cancellation) {}

  std::vector<Problem> Run() {
    CheckUniqueKeys();
    CheckClosedKeys();
    CheckValues();
    CheckConcepts();
    CheckRelationships();
    if (!input_.bundle_is_local) {
      CheckRelease();
    }
    return std::move(problems_);
  }

 private:
  bool HasAll(std::initializer_list<std::string_view> tables) const {
    return std::ranges::all_of(tables,
                               [&](std::string_view table) { return input_.tables.contains(std::string(table)); });
  }

  // Runs a check that answers with one row: how many violate it, and examples a line.
  void Check(Problem problem, std::string_view statement, std::initializer_list<duck::Value> values) {
    progress_.Report({.phase = "checking", .done = ++checks_, .unit = "checks"});
    duck::Result result = staging_.Run(statement, values, cancellation_);
    const std::optional<duck::Chunk> chunk = result.Fetch();
    PL_CHECK(chunk && chunk->row_count() == 1, "a check of the gate answered with no row");
    if (chunk->Int64(0, 0) == 0) {
      return;
    }
    problem.count = static_cast<std::uint64_t>(chunk->Int64(0, 0));
    if (!chunk->IsNull(1, 0)) {
      problem.examples = PartsOf(chunk->Text(1, 0), '\n');
    }
    problems_.push_back(std::move(problem));
  }

  void CheckUniqueKeys() {
    for (const std::vector<std::string>& line : CsvLines(data::kGateUnique)) {
      if (HasAll({line[0]})) {
        CheckUniqueKey(line[0], line[1]);
      }
    }
    if (!HasAll({"concept_ancestor"})) {
      return;
    }
    if (staging_.connection().QueryInt64(sql::kStagedRows, {staging_.PathOf("concept_ancestor")}) <= kPairsExactMax) {
      CheckUniqueKey("concept_ancestor", "ancestor_concept_id descendant_concept_id");
    } else {
      Check({.code = "duplicate_key",
             .table = "concept_ancestor",
             .message = "Concepts that are their own ancestor in more than one row"},
            sql::kGateDoubledAncestors, {});
    }
  }

  // `names` are separated by blanks.
  void CheckUniqueKey(const std::string& table, const std::string& names) {
    std::string columns;
    for (const std::string& name : PartsOf(names, ' ')) {
      columns += (columns.empty() ? "" : ", ") + Quoted(name);
    }
    Check({.code = "duplicate_key",
           .table = table,
           .message = fmt::format("Rows whose {} stands in another row too", names)},
          Filled(sql::kGateDuplicateKey, {{"key_table", Quoted("bundle_" + table)}, {"key_columns", columns}}), {});
  }

  void CheckClosedKeys() {
    for (const std::vector<std::string>& line : CsvLines(data::kGateKey)) {
      if (!HasAll({line[0], line[2]})) {
        continue;
      }
      Check({.code = "dangling_key",
             .severity = line[4] == "error" ? Severity::kError : Severity::kWarning,
             .table = line[0],
             .message = fmt::format("Rows whose {} is no {} of {}", line[1], line[3], line[2])},
            Filled(sql::kGateClosedKey, {{"child_table", Quoted("bundle_" + line[0])},
                                         {"child_column", line[1]},
                                         {"parent_table", Quoted(line[2])},
                                         {"parent_column", line[3]}}),
            {});
    }
  }

  void CheckValues() {
    for (const std::vector<std::string>& line : CsvLines(data::kGateValue)) {
      if (HasAll({line[0]})) {
        Check({.code = "unknown_value",
               .table = line[0],
               .message = fmt::format("Rows whose {} holds something else than it may", line[1])},
              Filled(sql::kGateUnknownValue, {{"flag_table", Quoted("bundle_" + line[0])}, {"flag_column", line[1]}}),
              {std::string_view(line[2])});
      }
    }
    for (const std::string_view table : {"concept", "concept_relationship", "drug_strength"}) {
      if (HasAll({table})) {
        Check({.code = "reversed_dates", .table = std::string(table), .message = "Rows that end before they begin"},
              Filled(sql::kGateDates, {{"dated_table", Quoted("bundle_" + std::string(table))}}), {});
      }
    }
  }

  void CheckConcepts() {
    Check({.code = "invalid_standard",
           .table = "concept",
           .message = "Concepts that are said to be standard and invalid at once"},
          sql::kGateInvalidStandard, {});
    Check({.code = "missing_name",
           .severity = Severity::kWarning,
           .table = "concept",
           .message = "Concepts without a name; CPT4 has none until its own tool ran over the bundle"},
          sql::kGateMissingNames, {});
  }

  void CheckRelationships() {
    if (HasAll({"concept_relationship"})) {
      Check({.code = "unsound_map",
             .table = "concept_relationship",
             .message = "Valid 'Maps to' that lead to a concept that is not standard or not valid"},
            sql::kGateUnsoundMap, {});
    }
    if (HasAll({"concept_ancestor"})) {
      Check({.code = "wrong_level", .table = "concept_ancestor", .message = "Ancestors at a distance that cannot be"},
            sql::kGateLevels, {});
      Check({.code = "missing_self_ancestor",
             .severity = Severity::kWarning,
             .table = "concept_ancestor",
             .message = "Standard concepts that are not their own descendant"},
            sql::kGateSelfAncestors, {});
    }
  }

  // What only a release as a whole must have.
  void CheckRelease() {
    if (HasAll({"vocabulary"})) {
      Check({.code = "no_release",
             .table = "vocabulary",
             .message = "VOCABULARY has no row None with a version: which release this is, is not said"},
            sql::kGateRelease, {});
      Check({.code = "needed_vocabulary",
             .table = "concept",
             .message =
                 "Vocabularies that this station needs have no concepts; choose them at Athena, or set vocab.needed"},
            sql::kGateNeededVocabularies, {std::string_view(settings_.needed_vocabularies)});
    }
    Check({.code = "missing_concept",
           .severity = Severity::kWarning,
           .table = "concept",
           .message = "Concepts that rules of conversion name by number are missing; they are written all the same"},
          sql::kGateNeededConcepts, {data::kNeededConcept});
    Check({.code = "older_release",
           .severity = Severity::kWarning,
           .message = "The release is older than the one that is loaded"},
          sql::kGateOlderRelease, {std::string_view(input_.release), std::string_view(input_.loaded_release)});
    Check({.code = "licence_missing",
           .table = "concept",
           .message = "Vocabularies that need a licence; name those you have one for in vocab.licences"},
          sql::kGateLicences, {std::string_view(settings_.licences_held)});
    Check({.code = "local_map_lost",
           .severity = Severity::kWarning,
           .table = "local_map",
           .message = "Lines of local maps whose target is no longer standard and valid: they no longer count"},
          sql::kGateLostMaps, {});
    const auto percent = static_cast<std::int64_t>(settings_.shrink_percent_max);
    Check({.code = "vocabulary_shrank",
           .table = "concept",
           .message = fmt::format(
               "Vocabularies that lost more than {} percent of their concepts since the loaded release", percent)},
          sql::kGateShrunkVocabularies, {percent});
    Check({.code = "table_shrank",
           .message =
               fmt::format("Tables that lost more than {} percent of their rows since the loaded release", percent)},
          sql::kGateShrunkTables, {percent});
  }

  Staging& staging_;
  const GateInput& input_;
  const GateSettings& settings_;
  core::Progress& progress_;
  const core::Cancellation& cancellation_;
  std::vector<Problem> problems_;
  std::uint64_t checks_ = 0;
};

}  // namespace

std::vector<Problem> RunGate(Staging& staging, const GateInput& input, const GateSettings& settings,
                             core::Progress& progress, const core::Cancellation& cancellation) {
  return Gate(staging, input, settings, progress, cancellation).Run();
}

}  // namespace pluginlake::omop
