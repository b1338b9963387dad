// Writes the chapters of the story.
#include "app/demo/story.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/output/figures.h"

namespace pluginlake::app::demo {
namespace {

constexpr std::size_t kIndent = 2;
constexpr std::uint64_t kBarWidth = 28;

std::string Indented(const std::string& text) {
  std::string out;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out += std::string(end > begin ? kIndent : 0, ' ') + text.substr(begin, end - begin) + "\n";
    begin = end + 1;
  }
  return out;
}

class Story {
 public:
  Story(const StoryFacts& facts, TableStyle style) : facts_(facts), style_(style) {
    inner_ = style;
    inner_.width_max = style.width_max > kIndent ? style.width_max - kIndent : style.width_max;
  }

  std::string Tell() {
    out_ = fmt::format("A station with {} patients who do not exist, made in {:.1f} s: {}\n", Grouped(facts_.patients),
                       facts_.seconds, facts_.folder);
    TellWhatCameIn();
    TellWhatWasRefused();
    TellWhatWasWritten();
    TellWhatBecameOmop();
    TellWhatHasNoConcept();
    AnswerAQuestion();
    TellAnOrigin();
    TellWhatToType();
    return std::move(out_);
  }

 private:
  void Chapter(const std::string& title) {
    ++chapter_;
    const std::string line = fmt::format("{}  {}", chapter_, title);
    out_ += style_.color ? fmt::format("\n\x1b[1m{}\x1b[0m\n", line) : fmt::format("\n{}\n", line);
  }

  void Say(const std::string& text) { out_ += Indented(text); }

  void Table(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows) {
    Say(TableText(columns, rows, inner_));
  }

  void Command(const std::string& command, const std::string& what) {
    constexpr int kCommandWidth = 62;
    Say(fmt::format("{:<{}}  {}", "pluginlake " + command, kCommandWidth, what));
  }

  static TableRow CountsRow(const std::string& name, const sources::Counts& counts) {
    TableRow row = {{name}};
    for (const std::uint64_t count :
         {counts.received, counts.stored, counts.unchanged, counts.superseded, counts.deleted, counts.quarantined}) {
      row.push_back({count == 0 ? "·" : Grouped(count)});
    }
    return row;
  }

  void TellWhatCameIn() {
    const sources::Counts& all = facts_.ingest.counts;
    Chapter("What came in");
    Say(fmt::format(
        "{} of FHIR R4 in {} files: a hospital's records, one file a type of resource; a Bundle with patients\n"
        "from elsewhere; and things sent again.\n\n",
        SizeText(facts_.inbox.bytes), facts_.inbox.files.size()));
    std::vector<TableRow> rows;
    sources::Counts rest = all;
    for (const auto& [type, counts] : facts_.ingest.types) {
      rows.push_back(CountsRow(type, counts));
      rest.received -= counts.received;
      rest.quarantined -= counts.quarantined;
    }
    if (rest.received > 0) {
      rows.push_back(CountsRow("(type not readable)", {.received = rest.received, .quarantined = rest.quarantined}));
    }
    rows.push_back(CountsRow("all", all));
    Table({{"resource type"},
           {"received", true},
           {"stored", true},
           {"unchanged", true},
           {"superseded", true},
           {"deleted", true},
           {"quarantined", true}},
          rows);
    Say(fmt::format("\n{} = {} + {} + {} + {} + {}: every record is somewhere.", Grouped(all.received),
                    Grouped(all.stored), Grouped(all.unchanged), Grouped(all.superseded), Grouped(all.deleted),
                    Grouped(all.quarantined)));
  }

  void TellWhatWasRefused() {
    Chapter("What was refused, and why");
    Say("Planted on purpose. None of it stopped a file; all of it is kept, with its reason, in "
        "quality.quarantine.\n\n");
    std::vector<TableRow> rows;
    for (const sources::Problem& problem : facts_.ingest.problems) {
      rows.push_back({{problem.source}, {Grouped(problem.line)}, {problem.reason_code}, {problem.message}});
    }
    Table({{"file"}, {"line", true}, {"reason"}, {"message"}}, rows);
  }

  void TellWhatWasWritten() {
    const Commit& commit = facts_.commit;
    Chapter("What was written");
    Say(
        fmt::format("The records are one commit: snapshot {} of the lake. Its lineage is in it: run {},\nby {}, "
                    "pluginlake {}, {} inputs of {}.",
                    facts_.ingest.snapshot_id.value_or(0), commit.run_id, commit.principal, commit.program_version,
                    commit.inputs, SizeText(commit.bytes)));
    if (facts_.waiting_references > 0) {
      const bool one = facts_.waiting_references == 1;
      Say(fmt::format("{} reference{} for a target that has not arrived yet, and {} resolved when it does.",
                      Grouped(facts_.waiting_references), one ? " waits" : "s wait", one ? "is" : "are"));
    }
  }

  static std::string Dotted(std::uint64_t count) { return count == 0 ? "·" : Grouped(count); }

  void TellWhatBecameOmop() {
    Chapter("What became OMOP");
    Say("The same records as OMOP CDM 5.4, by the vocabularies' own maps; every resource is in exactly one class.\n\n");
    std::vector<TableRow> rows;
    for (const Account& account : facts_.accounts) {
      rows.push_back({{account.resource_type},
                      {Grouped(account.resources)},
                      {Dotted(account.gave_rows)},
                      {Dotted(account.merged)},
                      {Dotted(account.excluded)},
                      {Dotted(account.no_person)}});
    }
    Table({{"resource type"},
           {"stand", true},
           {"gave rows", true},
           {"merged", true},
           {"excluded", true},
           {"no person", true}},
          rows);
    std::string tables;
    for (const orchestration::AssetResult& asset : facts_.run.assets) {
      if (asset.key.starts_with("omop/") && asset.rows > 0) {
        tables += fmt::format("{}{} {}", tables.empty() ? "" : ", ", asset.key.substr(5),
                              Grouped(static_cast<std::uint64_t>(asset.rows)));
      }
    }
    Say(fmt::format("\nRows: {}.", tables));
    Say("Why a resource is left out is in quality.exclusion, the sums in quality.account.");
  }

  void TellWhatHasNoConcept() {
    Chapter("Which codes have no standard concept");
    Say("Their rows are there, with concept 0 and the code as it came; the list is what a mapper works from.\n\n");
    std::vector<TableRow> rows;
    for (const UnmappedCode& code : facts_.unmapped) {
      rows.push_back(
          {{code.code}, {code.display}, {code.domain}, {Grouped(code.occurrences)}, {Grouped(code.persons)}});
    }
    Table({{"code"}, {"as received"}, {"would be"}, {"times", true}, {"people", true}}, rows);
  }

  void AnswerAQuestion() {
    Chapter("A question: which diagnoses do most people have?");
    std::vector<TableRow> rows;
    const std::uint64_t most = facts_.diagnoses.empty() ? 0 : facts_.diagnoses.front().people;
    for (const Diagnosis& diagnosis : facts_.diagnoses) {
      rows.push_back({{diagnosis.name},
                      {diagnosis.concept_id},
                      {Grouped(diagnosis.people)},
                      {Bar(diagnosis.people, most, kBarWidth)}});
    }
    Table({{"diagnosis"}, {"concept", true}, {"people", true}, {""}}, rows);
    Say("\nThe SQL is in questions/frequent_conditions.sql; it reads omop.condition_occurrence.");
  }

  void TellAnOrigin() {
    const Origin& origin = facts_.origin;
    Chapter(fmt::format("Where one row of it comes from: condition_occurrence {}", origin.row_id));
    Say(fmt::format("{}\n  <- {}, version {}, `{}`\n  <- {}, line {}", origin.concept_name, origin.reference,
                    origin.version, origin.part, origin.source, origin.line));
  }

  void TellWhatToType() {
    Chapter("What to type next");
    Say(fmt::format("cd {}\n", facts_.folder_shown));
    Command("query -f questions/visits_per_year.sql", "another question");
    Command(fmt::format("lineage omop/condition_occurrence --row {}", facts_.origin.row_id), "a row, back to its line");
    Command("lineage omop/measurement.value_as_number", "a column, back to FHIR's elements");
    Command("run", "nothing has changed: nothing is computed");
    Command("query 'FROM omop.person' --format parquet -o person.parquet", "the lake is yours to take along");
    Command("quarantine list", "what was refused; `show ID` has its content");
    Command("ingest inbox", "the same again: nothing is stored twice");
    Command("snapshots", "the versions of the lake");
    Command("catalog fsck", "every file is there and readable");
  }

  const StoryFacts& facts_;
  TableStyle style_;
  TableStyle inner_;  // what is left of the width beside the indent
  int chapter_ = 0;
  std::string out_;
};

}  // namespace

std::string StoryText(const StoryFacts& facts, TableStyle style) { return Story(facts, style).Tell(); }

}  // namespace pluginlake::app::demo
