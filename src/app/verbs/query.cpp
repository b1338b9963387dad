// Reads the lake with SQL: one statement that only reads, on an instance of its own, streamed in the format asked for.
#include "app/verbs/query.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <optional>
#include <string_view>

#include "app/console.h"
#include "app/lake_reader.h"
#include "app/output/format_name.h"
#include "app/output/parquet_output.h"
#include "app/output/row_writer.h"
#include "app/output/terminal.h"
#include "app/sql_text.h"
#include "pluginlake/catalog/reader.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/settings.h"
#include "pluginlake/duck/arrow_ipc.h"
#include "pluginlake/duck/cancel_watch.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::app {
namespace {

using core::Error;
using core::ErrorKind;

// What `EXPLAIN` answers is a drawing: it stays as it is.
bool IsPlan(const duck::Result& result) {
  return !result.columns().empty() && result.columns()[0].name == "explain_key";
}

void WritePlan(duck::Result& result, Console& console) {
  while (const auto chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      console.Out(fmt::format("{}\n", chunk->Text(1, row)));
    }
  }
}

constexpr std::array<std::string_view, 6> kFormats = {"table", "json", "ndjson", "csv", "parquet", "arrow"};

class Query final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "query",
            .help = "Read the lake with SQL",
            .examples = {"pluginlake query 'SELECT resource_type, count(*) FROM raw.fhir_resource GROUP BY ALL'",
                         "pluginlake query -f report.sql -o report.csv",
                         "pluginlake query 'FROM raw.fhir_resource' --format parquet -o resources.parquet",
                         "pluginlake query 'FROM omop.measurement' --format arrow | python3 analysis.py",
                         "pluginlake query 'SELECT count(*) FROM raw.fhir_resource' --at 3"}};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("SQL", sql_,
                   "One statement that only reads; unqualified names are looked up in omop, vocab, fhir, raw");
    app.add_option("-f,--file", file_, "Read the statement from FILE; - = standard input")->type_name("FILE");
    app.add_option("--format", format_,
                   "table (default), json, ndjson, csv, parquet or arrow; else what FILE of -o ends in")
        ->type_name("FORMAT");
    app.add_option("-o,--output", output_, "Write to FILE, which appears when the query has succeeded")
        ->type_name("FILE");
    app.add_option("--at", at_, "Read the lake as it was at this snapshot")->type_name("SNAPSHOT");
  }

  std::vector<std::string> input_paths() const override {
    return file_.empty() ? std::vector<std::string>{} : std::vector<std::string>{file_ == "-" ? "/dev/stdin" : file_};
  }
  std::optional<std::string> output_path() const override {
    return output_.empty() ? std::nullopt : std::optional(output_);
  }

  int Run(const VerbContext& context) override {
    if (sql_.empty() == file_.empty()) {
      throw Error(ErrorKind::kInvalidInput, "PL-0220", "`query` takes either a statement or -f FILE",
                  "For example: pluginlake query 'SELECT count(*) FROM raw.fhir_resource'");
    }
    const std::string format = FormatName(context, {.format = format_, .output = output_, .formats = kFormats});
    const std::string sql = file_.empty() ? sql_ : ReadSqlFile(context.invocation.paths.at(0));
    const std::unique_ptr<catalog::Reader> reader = OpenReader(context, at_);
    duck::Connection connection = reader->Connect();
    const duck::CancelWatch watch(connection, context.console.cancellation());
    if (!connection.IsSingleRead(sql)) {
      throw Error(ErrorKind::kInvalidInput, "PL-0221", "`query` takes one statement, and one that only reads",
                  "Ask with a single SELECT. Data comes into the lake by `pluginlake ingest`.");
    }
    if (format == "parquet") {
      WriteParquet(connection, sql, context);
      return 0;
    }
    if (format == "arrow") {
      WriteArrow(connection, sql, context);
      return 0;
    }
    WriteText(connection, sql, format, context);
    return 0;
  }

 private:
  static RowFormat RowFormatOf(const std::string& name) {
    return name == "json"     ? RowFormat::kJson
           : name == "ndjson" ? RowFormat::kNdjson
           : name == "csv"    ? RowFormat::kCsv
                              : RowFormat::kTable;
  }

  // A file gets Arrow's file format, a pipe its streaming format.
  void WriteArrow(duck::Connection& connection, const std::string& sql, const VerbContext& context) const {
    duck::Result result = connection.Stream(sql);
    duck::WriteArrowIpc(result, output_.empty() ? duck::ArrowLayout::kStream : duck::ArrowLayout::kFile,
                        [&](std::string_view bytes) { context.console.Out(bytes); });
  }

  static void WriteText(duck::Connection& connection, const std::string& sql, const std::string& format,
                        const VerbContext& context) {
    duck::Result result = connection.Stream(sql);
    Console& console = context.console;
    if (format == "table" && IsPlan(result)) {
      WritePlan(result, console);
      return;
    }
    RowLimits limits{.style = StdoutStyle(context)};
    if (console.out_is_terminal()) {
      limits.rows_max = context.settings.query.table_rows_max;
    }
    const RowsWritten written =
        WriteRows(result, RowFormatOf(format), limits, [&](std::string_view text) { console.Out(text); });
    if (format == "table" && !context.flags.quiet) {
      const std::string remark = written.remark.empty() ? "" : "; " + written.remark + "; --format csv has all";
      console.Err(fmt::format("({} row{}{})\n", written.rows, written.rows == 1 ? "" : "s", remark));
    }
  }

  std::string sql_, file_, format_, output_;
  std::optional<std::int64_t> at_;
};

}  // namespace

std::unique_ptr<Verb> MakeQuery() { return std::make_unique<Query>(); }

}  // namespace pluginlake::app
