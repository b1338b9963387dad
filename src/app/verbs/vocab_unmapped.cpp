// Lists the codes in the data that have no standard concept: what to map next.
#include "app/verbs/vocab_unmapped.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/console.h"
#include "app/lake_reader.h"
#include "app/output/row_writer.h"
#include "app/output/table_rows.h"
#include "app/output/terminal.h"
#include "app/sql.h"
#include "app/vocab_lookups.h"
#include "pluginlake/catalog/reader.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/core/progress.h"
#include "pluginlake/duck/appender.h"
#include "pluginlake/duck/cancel_watch.h"

namespace pluginlake::app {
namespace {

class VocabUnmapped final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "vocab unmapped",
            .help =
                "List the codes in the data that have no standard concept, the most frequent first, and what each may "
                "mean; as CSV it can be filled in and loaded as a map",
            .examples = {"pluginlake vocab unmapped --top 50", "pluginlake vocab unmapped --format csv > work-list.csv",
                         "pluginlake vocab unmapped --candidates 10 --json"},
            .needs = Needs::kOwner,
            .under_role = UnderRole::kMetadata};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("--top", codes_max_, "How many codes at most (default: all)")
        ->check(CLI::Range(1, 1'000'000'000))
        ->type_name("N");
    app.add_option("--candidates", candidates_max_, "How many concepts are proposed for each (default 3)")
        ->check(CLI::Range(0, 20))
        ->type_name("N");
    app.add_option("--format", format_, "How: table, csv or json; csv is a work list to fill in, and opens in Usagi")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->type_name("FORMAT");
  }

  int Run(const VerbContext& context) override {
    const std::unique_ptr<catalog::Reader> reader = OpenMetadataReader(context);
    duck::Connection connection = reader->Connect();
    const duck::CancelWatch watch(connection, context.console.cancellation());
    connection.Query(
        fmt::format("CREATE OR REPLACE TEMP TABLE unmapped AS SELECT row_number() OVER (ORDER BY occurrences "
                    "DESC, system, code) AS place, * FROM ({})",
                    sql::kUnmappedCodes),
        {codes_max_});
    Propose(context, connection);
    const bool as_json = context.flags.json || format_ == "json";
    const RowFormat format = as_json ? RowFormat::kJson : format_ == "csv" ? RowFormat::kCsv : RowFormat::kTable;
    const duck::Value with_display{context.may_read_licensed_text};
    duck::Result result = connection.Stream(Statement(format), std::span(&with_display, 1));
    if (as_json) {
      context.console.Out("{\"items\":");
    }
    WriteRows(result, format, {.style = StdoutStyle(context)},
              [&](std::string_view text) { context.console.Out(as_json ? WithoutLineFeed(text) : text); });
    if (as_json) {
      context.console.Out("}\n");
    }
    return 0;
  }

 private:
  static std::string_view WithoutLineFeed(std::string_view text) {
    return text.ends_with('\n') ? text.substr(0, text.size() - 1) : text;
  }

  // Fills `candidate` with what each code may mean, by the name it came with.
  void Propose(const VerbContext& context, duck::Connection& connection) const {
    connection.Query(
        "CREATE OR REPLACE TEMP TABLE candidate (place BIGINT, rank BIGINT, concept_id BIGINT, concept_name VARCHAR)");
    const std::int64_t named_count = connection.QueryInt64("SELECT count(display) FROM unmapped").value_or(0);
    if (candidates_max_ == 0 || named_count == 0) {
      return;
    }
    duck::Result named = connection.Query("SELECT place, display, domain_hint FROM unmapped WHERE display IS NOT NULL");
    VocabLookups lookups(context);
    duck::Appender candidates(connection, {"temp", "main", "candidate"});
    core::ProgressStep step{
        .phase = "finding candidates", .total = static_cast<std::uint64_t>(named_count), .unit = "codes"};
    while (std::optional<duck::Chunk> chunk = named.Fetch()) {
      for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
        if (context.console.cancellation().is_requested()) {
          throw core::Interrupted{};
        }
        std::int64_t rank = 0;
        for (const omop::ConceptSummary& each :
             lookups.Candidates(chunk->TextOrEmpty(1, row), chunk->TextOrEmpty(2, row), candidates_max_)) {
          candidates.AppendRow({chunk->Int64(0, row), ++rank, each.concept_id,
                                each.name.empty() ? duck::Value{} : duck::Value{std::string_view(each.name)}});
        }
        ++step.done;
      }
      context.console.progress().Report(step);
    }
    candidates.Close();
  }

  // JSON lists the candidates; a table shows the best, a work list has a column for each, and one to fill in.
  std::string Statement(RowFormat format) const {
    if (format == RowFormat::kJson) {
      return std::string(sql::kUnmappedItems);
    }
    std::string columns = format == RowFormat::kCsv ? ", NULL::BIGINT AS target_concept_id" : "";
    const std::size_t shown = format == RowFormat::kCsv ? candidates_max_ : std::min<std::size_t>(candidates_max_, 1);
    for (std::size_t i = 1; i <= shown; ++i) {
      const std::string name = format == RowFormat::kCsv ? fmt::format("candidate_{}", i) : "candidate";
      columns +=
          fmt::format(", candidates[{}].concept_id AS {}, candidates[{}].concept_name AS {}_name", i, name, i, name);
    }
    return fmt::format("SELECT * EXCLUDE (candidates){} FROM ({})", columns, sql::kUnmappedItems);
  }

  std::int64_t codes_max_ = 1'000'000'000;
  std::size_t candidates_max_ = 3;
  std::string format_ = "table";
};

}  // namespace

std::unique_ptr<Verb> MakeVocabUnmapped() { return std::make_unique<VocabUnmapped>(); }

}  // namespace pluginlake::app
