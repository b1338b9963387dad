// Writes what a load did, what stands, and what a code means.
#include "app/vocab_answer.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/output/figures.h"
#include "app/output/text_or_null.h"
#include "pluginlake/core/clock.h"

namespace pluginlake::app {
namespace {

using Json = nlohmann::ordered_json;

std::string Dump(const Json& document) { return document.dump(-1, ' ', false, Json::error_handler_t::replace); }

const char* NameOf(omop::Severity severity) { return severity == omop::Severity::kError ? "error" : "warning"; }

Json ProblemsJson(const std::vector<omop::Problem>& problems) {
  Json list = Json::array();
  for (const omop::Problem& problem : problems) {
    list.push_back({{"code", problem.code},
                    {"severity", NameOf(problem.severity)},
                    {"table", TextOrNull(problem.table)},
                    {"count", problem.count},
                    {"message", problem.message},
                    {"examples", problem.examples}});
  }
  return list;
}

Json SummaryJson(const omop::ConceptSummary& concept_summary) {
  Json json = {{"concept_id", concept_summary.concept_id},
               {"concept_name", TextOrNull(concept_summary.name)},
               {"vocabulary_id", concept_summary.vocabulary_id},
               {"concept_code", TextOrNull(concept_summary.code)},
               {"domain_id", TextOrNull(concept_summary.domain_id)},
               {"concept_class_id", TextOrNull(concept_summary.concept_class_id)},
               {"standard", concept_summary.standard},
               {"invalid_reason", TextOrNull(concept_summary.invalid_reason)}};
  if (concept_summary.text_withheld) {
    json["text_withheld"] = true;
  }
  if (concept_summary.used) {
    json["used"] = *concept_summary.used;
  }
  return json;
}

Json RelatedJson(const omop::RelatedConcepts& related) {
  Json items = Json::array();
  for (const omop::RelatedConcept& each : related.nearest) {
    Json item = SummaryJson(each.summary);
    item["levels"] = each.levels;
    items.push_back(std::move(item));
  }
  return {{"count", related.count}, {"items", items}};
}

const char* NameOf(omop::Match match) {
  switch (match) {
    case omop::Match::kCode:
      return "code";
    case omop::Match::kCodePrefix:
      return "code_prefix";
    case omop::Match::kWords:
      return "words";
  }
  return "";
}

// What stands where a text was that who asks may not read.
constexpr const char* kWithheld = "(licensed text)";

std::string NameOf(const omop::ConceptSummary& summary) {
  return summary.text_withheld ? kWithheld : summary.name.empty() ? "without a name" : summary.name;
}

const char* KindOf(const omop::ConceptSummary& summary) {
  return !summary.invalid_reason.empty() ? "invalid" : summary.standard ? "standard" : "source";
}

std::string UsedText(const omop::ConceptSummary& summary) {
  return summary.used ? Grouped(static_cast<std::uint64_t>(*summary.used)) : "";
}

TableRow RowOf(const omop::ConceptSummary& summary, const std::string& last) {
  return {{std::to_string(summary.concept_id)},
          {summary.vocabulary_id},
          {summary.code},
          {summary.domain_id},
          {KindOf(summary)},
          {last},
          {summary.text_withheld ? kWithheld : summary.name}};
}

std::string RelatedText(std::string_view title, const omop::RelatedConcepts& related, TableStyle style) {
  std::vector<TableRow> rows;
  for (const omop::RelatedConcept& each : related.nearest) {
    rows.push_back(RowOf(each.summary, std::to_string(each.levels)));
  }
  const std::string head = fmt::format("\n{}: {}{}\n", title, Grouped(related.count),
                                       related.count > rows.size() ? fmt::format(", the nearest {}", rows.size()) : "");
  return rows.empty()
             ? head
             : head +
                   TableText(
                       {{"concept", true}, {"vocabulary"}, {"code"}, {"domain"}, {"kind"}, {"levels", true}, {"name"}},
                       rows, style);
}

Json CoverageJson(const std::vector<omop::DhdCoverage>& coverage) {
  Json list = Json::array();
  for (const omop::DhdCoverage& each : coverage) {
    list.push_back({{"thesaurus", each.thesaurus},
                    {"concepts", each.concepts},
                    {"active", each.active},
                    {"by_snomed", each.by_snomed},
                    {"by_replacement", each.by_replacement},
                    {"by_icd10", each.by_icd10},
                    {"unmapped", each.unmapped},
                    {"active_unmapped", each.active_unmapped},
                    {"not_yet_valid", each.not_yet_valid}});
  }
  return list;
}

std::string CoverageText(const std::vector<omop::DhdCoverage>& coverage) {
  std::string text;
  for (const omop::DhdCoverage& each : coverage) {
    const auto number = [](std::int64_t count) { return Grouped(static_cast<std::uint64_t>(count)); };
    text += fmt::format(
        "DHD-{}: {} concepts ({} in use); mapped by SNOMED {}, by what replaced a SNOMED code {}, by ICD-10 {}, not "
        "mapped "
        "{} ({} in use)\n",
        each.thesaurus, number(each.concepts), number(each.active), number(each.by_snomed), number(each.by_replacement),
        number(each.by_icd10), number(each.unmapped), number(each.active_unmapped));
  }
  return text;
}

std::string ProblemsText(const std::vector<omop::Problem>& problems) {
  std::string text;
  for (const omop::Problem& problem : problems) {
    text += fmt::format("{} {}{}: {}{}\n", NameOf(problem.severity), problem.code,
                        problem.table.empty() ? "" : " in " + problem.table, problem.message,
                        problem.count > 1 ? fmt::format(" ({})", Grouped(problem.count)) : "");
    for (const std::string& example : problem.examples) {
      text += fmt::format("    {}\n", example);
    }
  }
  return text;
}

Json AthenaJson(const omop::LoadResult& result) {
  Json phases = Json::object();
  for (const omop::Phase& phase : result.phases) {
    phases[phase.name] = phase.seconds;
  }
  Json document = {
      {"run_id", result.run_id},   {"release", TextOrNull(result.release)},
      {"refused", result.refused}, {"snapshot_id", result.snapshot_id ? Json(*result.snapshot_id) : Json()},
      {"tables", result.tables},   {"problems", ProblemsJson(result.problems)},
      {"seconds", phases}};
  if (!result.dhd_coverage.empty()) {
    document["dhd_coverage"] = CoverageJson(result.dhd_coverage);
  }
  return document;
}

std::string AthenaText(const omop::LoadResult& result) {
  std::string text = ProblemsText(result.problems);
  if (result.refused) {
    return text + fmt::format("refused, nothing was replaced: {} finding{}\n", result.problems.size(),
                              result.problems.size() == 1 ? "" : "s");
  }
  for (const auto& [table, rows] : result.tables) {
    text += fmt::format("{:<32}{:>14}\n", "vocab." + table, Grouped(rows));
  }
  return text +
         fmt::format("release {}, snapshot {}\n", result.release.empty() ? "without a name" : result.release,
                     result.snapshot_id.value_or(0)) +
         CoverageText(result.dhd_coverage);
}

}  // namespace

std::string VocabLoadJson(const VocabLoadAnswer& answer) {
  Json document = answer.athena ? AthenaJson(*answer.athena) : Json::object();
  if (answer.dhd) {
    const omop::DhdLoadResult& dhd = *answer.dhd;
    Json thesauri = Json::array();
    for (const omop::DhdThesaurus& thesaurus : dhd.thesauri) {
      thesauri.push_back({{"thesaurus", thesaurus.name},
                          {"version", TextOrNull(thesaurus.version)},
                          {"format", TextOrNull(thesaurus.format)},
                          {"delivered_on", TextOrNull(thesaurus.delivered_on)},
                          {"as_of", thesaurus.as_of}});
    }
    document["dhd"] = {{"run_id", dhd.run_id},
                       {"refused", dhd.refused},
                       {"snapshot_id", dhd.snapshot_id ? Json(*dhd.snapshot_id) : Json()},
                       {"thesauri", thesauri},
                       {"coverage", CoverageJson(dhd.coverage)},
                       {"tables", dhd.tables},
                       {"problems", ProblemsJson(dhd.problems)}};
    if (!answer.athena) {
      document.update({{"run_id", dhd.run_id},
                       {"release", dhd.thesauri.empty() ? Json() : TextOrNull(dhd.thesauri.front().version)},
                       {"refused", dhd.refused},
                       {"snapshot_id", dhd.snapshot_id ? Json(*dhd.snapshot_id) : Json()},
                       {"tables", dhd.tables},
                       {"problems", ProblemsJson(dhd.problems)}});
    }
  }
  return Dump(document);
}

std::string VocabLoadText(const VocabLoadAnswer& answer) {
  std::string text = answer.athena ? AthenaText(*answer.athena) : "";
  if (answer.dhd) {
    const omop::DhdLoadResult& dhd = *answer.dhd;
    text += ProblemsText(dhd.problems);
    if (dhd.refused) {
      return text + "DHD: refused, nothing was replaced\n";
    }
    for (const omop::DhdThesaurus& thesaurus : dhd.thesauri) {
      text += fmt::format("DHD-{} {} as of {}, snapshot {}\n", thesaurus.name,
                          thesaurus.version.empty() ? "without a version" : thesaurus.version, thesaurus.as_of,
                          dhd.snapshot_id.value_or(0));
    }
    text += CoverageText(dhd.coverage);
  }
  return text;
}

std::string MapLoadJson(const std::vector<omop::MapLoadResult>& results) {
  Json sets = Json::array();
  for (const omop::MapLoadResult& result : results) {
    sets.push_back({{"run_id", result.run_id},
                    {"mapping_set_id", result.mapping_set_id},
                    {"version", TextOrNull(result.version)},
                    {"format", omop::NameOf(result.format)},
                    {"lines", result.lines},
                    {"maps", result.maps},
                    {"codes", result.codes},
                    {"effective", result.effective},
                    {"refused", result.refused},
                    {"snapshot_id", result.snapshot_id ? Json(*result.snapshot_id) : Json()},
                    {"problems", ProblemsJson(result.problems)}});
  }
  return Dump({{"sets", sets}});
}

std::string MapLoadText(const std::vector<omop::MapLoadResult>& results) {
  std::string text;
  for (const omop::MapLoadResult& result : results) {
    text += ProblemsText(result.problems);
    if (result.refused) {
      text += fmt::format("{}: refused, nothing was replaced\n", result.mapping_set_id);
      continue;
    }
    text += fmt::format("{}{}: {} maps of {} codes ({} count), snapshot {}\n", result.mapping_set_id,
                        result.version.empty() ? "" : " " + result.version, Grouped(result.maps), Grouped(result.codes),
                        Grouped(result.effective), result.snapshot_id.value_or(0));
  }
  return text;
}

std::string VocabDiffJson(const omop::VocabularyDiff& diff) {
  Json vocabularies = Json::array();
  for (const omop::VocabularyChange& change : diff.vocabularies) {
    vocabularies.push_back({{"vocabulary_id", change.vocabulary_id},
                            {"former_version", TextOrNull(change.former_version)},
                            {"later_version", TextOrNull(change.later_version)},
                            {"added", change.added},
                            {"removed", change.removed},
                            {"renamed", change.renamed},
                            {"moved", change.moved},
                            {"standard_lost", change.standard_lost},
                            {"standard_won", change.standard_won},
                            {"remapped", change.remapped}});
  }
  Json changes = Json::array();
  for (const omop::ConceptChange& change : diff.changes) {
    changes.push_back({{"kind", change.kind},
                       {"concept_id", change.concept_id},
                       {"vocabulary_id", change.vocabulary_id},
                       {"concept_code", TextOrNull(change.code)},
                       {"former", TextOrNull(change.former)},
                       {"later", TextOrNull(change.later)},
                       {"used", change.used}});
    if (change.text_withheld) {
      changes.back()["text_withheld"] = true;
    }
  }
  return Dump({{"former", {{"snapshot_id", diff.former_snapshot}, {"release", TextOrNull(diff.former_release)}}},
               {"later", {{"snapshot_id", diff.later_snapshot}, {"release", TextOrNull(diff.later_release)}}},
               {"vocabularies", vocabularies},
               {"changes", changes}});
}

std::string VocabDiffText(const omop::VocabularyDiff& diff, TableStyle style) {
  std::string text = fmt::format("{} (snapshot {}) to {} (snapshot {})\n\n", diff.former_release, diff.former_snapshot,
                                 diff.later_release, diff.later_snapshot);
  const auto number = [](std::int64_t count) {
    return TableCell{count == 0 ? "" : Grouped(static_cast<std::uint64_t>(count))};
  };
  std::vector<TableRow> rows;
  for (const omop::VocabularyChange& change : diff.vocabularies) {
    rows.push_back({{change.vocabulary_id},
                    number(change.added),
                    number(change.removed),
                    number(change.renamed),
                    number(change.moved),
                    number(change.standard_lost),
                    number(change.standard_won),
                    number(change.remapped)});
  }
  text += rows.empty() ? "No differences.\n"
                       : TableText({{"vocabulary"},
                                    {"added", true},
                                    {"removed", true},
                                    {"renamed", true},
                                    {"other domain", true},
                                    {"standard lost", true},
                                    {"standard won", true},
                                    {"mapped otherwise", true}},
                                   rows, style);
  rows.clear();
  for (const omop::ConceptChange& change : diff.changes) {
    rows.push_back({{change.kind},
                    {std::to_string(change.concept_id)},
                    {change.vocabulary_id},
                    {change.code},
                    number(change.used),
                    {change.text_withheld ? kWithheld : change.former},
                    {change.text_withheld ? "" : change.later}});
  }
  return rows.empty()
             ? text
             : text + "\n" +
                   TableText(
                       {{"change"}, {"concept", true}, {"vocabulary"}, {"code"}, {"used", true}, {"former"}, {"later"}},
                       rows, style);
}

std::string VocabStatusJson(const omop::VocabularyStatus& status) {
  Json releases = Json::array();
  for (const omop::LoadedRelease& release : status.releases) {
    releases.push_back({{"name", release.name},
                        {"release", TextOrNull(release.release)},
                        {"snapshot_id", release.snapshot_id},
                        {"run_id", release.run_id},
                        {"loaded_at", core::FormatUtc(release.loaded_at.micros)},
                        {"source", release.source},
                        {"partial", release.partial},
                        {"findings", release.findings}});
  }
  Json vocabularies = Json::array();
  for (const omop::VocabularyCount& vocabulary : status.vocabularies) {
    vocabularies.push_back({{"vocabulary_id", vocabulary.vocabulary_id},
                            {"version", TextOrNull(vocabulary.version)},
                            {"concepts", vocabulary.concepts},
                            {"standard", vocabulary.standard},
                            {"invalid", vocabulary.invalid}});
  }
  Json tables = Json::object();
  for (const auto& [table, rows] : status.tables) {
    tables[table] = rows;
  }
  return Dump({{"releases", releases}, {"tables", tables}, {"vocabularies", vocabularies}});
}

std::string VocabStatusText(const omop::VocabularyStatus& status, TableStyle style) {
  if (status.releases.empty()) {
    return "No vocabularies are loaded: pluginlake vocab load PATH\n";
  }
  std::string text;
  for (const omop::LoadedRelease& release : status.releases) {
    text += fmt::format("{}: {}, loaded {} from {}, snapshot {}{}\n", release.name,
                        release.release.empty() ? "release not named" : release.release,
                        core::FormatUtc(release.loaded_at.micros).substr(0, 10), release.source, release.snapshot_id,
                        release.partial ? fmt::format(", --partial with {} findings", release.findings) : "");
  }
  std::vector<TableRow> rows;
  for (const omop::VocabularyCount& vocabulary : status.vocabularies) {
    auto number = [](std::int64_t count) { return Grouped(static_cast<std::uint64_t>(count)); };
    rows.push_back({{vocabulary.vocabulary_id},
                    {number(vocabulary.concepts)},
                    {number(vocabulary.standard)},
                    {number(vocabulary.invalid)},
                    {vocabulary.version}});
  }
  return text + "\n" +
         TableText({{"vocabulary"}, {"concepts", true}, {"standard", true}, {"invalid", true}, {"version"}}, rows,
                   style);
}

std::string CodeMeaningJson(const omop::CodeMeaning& meaning, const std::string& system, std::int64_t snapshot_id) {
  Json targets = Json::array();
  for (const omop::CodeTarget& target : meaning.targets) {
    Json json = SummaryJson(target.meaning);
    json["value_concept_id"] = target.value ? Json(target.value->concept_id) : Json();
    json["value_name"] = target.value ? TextOrNull(target.value->name) : Json();
    json["mapping_set_id"] = TextOrNull(target.mapping_set_id);
    targets.push_back(std::move(json));
  }
  return Dump({{"system", system},
               {"vocabulary_id", meaning.vocabulary_id},
               {"code", meaning.code},
               {"source", SummaryJson(meaning.source)},
               {"targets", targets},
               {"snapshot_id", snapshot_id}});
}

std::string CodeMeaningText(const omop::CodeMeaning& meaning) {
  std::string text = fmt::format(
      "{} {}: {} ({})\n", meaning.vocabulary_id, meaning.code, NameOf(meaning.source),
      meaning.source.concept_id == 0 ? "no concept of its own" : fmt::format("concept {}", meaning.source.concept_id));
  for (const omop::CodeTarget& target : meaning.targets) {
    text += fmt::format("  -> {} {} ({} {}, {})", target.meaning.concept_id, NameOf(target.meaning),
                        target.meaning.vocabulary_id, target.meaning.code, target.meaning.domain_id);
    text += target.value ? fmt::format(" = {} {}", target.value->concept_id, NameOf(*target.value)) : "";
    text += target.meaning.used ? fmt::format(", used in our data: {}", UsedText(target.meaning)) : "";
    text += target.mapping_set_id.empty() ? "\n" : fmt::format(", by {}\n", target.mapping_set_id);
  }
  return text + (meaning.targets.empty() ? "  -> no standard concept: its records get concept 0\n" : "");
}

std::string SearchJson(const std::vector<omop::SearchHit>& hits, std::int64_t snapshot_id) {
  Json items = Json::array();
  for (const omop::SearchHit& hit : hits) {
    Json item = SummaryJson(hit.summary);
    item["match"] = NameOf(hit.match);
    items.push_back(std::move(item));
  }
  return Dump({{"items", items}, {"snapshot_id", snapshot_id}});
}

std::string SearchText(const std::vector<omop::SearchHit>& hits, TableStyle style) {
  if (hits.empty()) {
    return "Nothing found.\n";
  }
  std::vector<TableRow> rows;
  for (const omop::SearchHit& hit : hits) {
    rows.push_back(RowOf(hit.summary, UsedText(hit.summary)));
  }
  return TableText({{"concept", true}, {"vocabulary"}, {"code"}, {"domain"}, {"kind"}, {"used", true}, {"name"}}, rows,
                   style);
}

std::string ConceptJson(const ConceptAnswer& answer, std::int64_t snapshot_id) {
  Json json = SummaryJson(answer.summary);
  json["ancestors"] = RelatedJson(answer.ancestors);
  json["descendants"] = RelatedJson(answer.descendants);
  json["snapshot_id"] = snapshot_id;
  return Dump(json);
}

std::string ConceptText(const ConceptAnswer& answer, TableStyle style) {
  const omop::ConceptSummary& summary = answer.summary;
  return fmt::format("{} {} ({} {}, {}, {}){}\n", summary.concept_id, NameOf(summary), summary.vocabulary_id,
                     summary.code, summary.domain_id, KindOf(summary),
                     summary.used ? ", used in our data: " + UsedText(summary) : "") +
         RelatedText("above it", answer.ancestors, style) + RelatedText("below it", answer.descendants, style);
}

}  // namespace pluginlake::app
