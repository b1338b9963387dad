// Lists the codes in the data that have no standard concept: what to map next.
#include "app/verbs/vocab_unmapped.h"

#include <CLI/CLI.hpp>

#include "app/console.h"
#include "app/lake_reader.h"
#include "app/output/row_writer.h"
#include "app/output/table_rows.h"
#include "app/output/terminal.h"
#include "app/sql.h"
#include "pluginlake/catalog/reader.h"
#include "pluginlake/duck/cancel_watch.h"

namespace pluginlake::app {
namespace {

class VocabUnmapped final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {
        .name = "vocab unmapped",
        .help = "List the codes in the data that have no standard concept, the most frequent first",
        .examples = {"pluginlake vocab unmapped --top 50", "pluginlake vocab unmapped --format csv > work-list.csv"},
        .needs = Needs::kOwner,
        .reads_data = true};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("--top", codes_max_, "How many codes at most (default: all)")
        ->check(CLI::Range(1, 1'000'000'000))
        ->type_name("N");
    app.add_option("--format", format_, "How: table or csv; csv can be opened in Usagi")
        ->check(CLI::IsMember({"table", "csv", "json"}))
        ->type_name("FORMAT");
  }

  int Run(const VerbContext& context) override {
    const std::unique_ptr<catalog::Reader> reader = OpenReader(context, std::nullopt);
    duck::Connection connection = reader->Connect();
    const duck::CancelWatch watch(connection, context.console.cancellation());
    const duck::Value codes_max{codes_max_};
    duck::Result result = connection.Stream(sql::kUnmappedCodes, std::span(&codes_max, 1));
    const bool as_json = context.flags.json || format_ == "json";
    const RowFormat format = as_json ? RowFormat::kJson : format_ == "csv" ? RowFormat::kCsv : RowFormat::kTable;
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

  std::int64_t codes_max_ = 1'000'000'000;
  std::string format_ = "table";
};

}  // namespace

std::unique_ptr<Verb> MakeVocabUnmapped() { return std::make_unique<VocabUnmapped>(); }

}  // namespace pluginlake::app
