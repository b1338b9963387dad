// Lists what was refused, and shows one refused record with its content.
#include "app/verbs/quarantine.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/console.h"
#include "app/lake_reader.h"
#include "app/output/display_width.h"
#include "app/output/row_writer.h"
#include "app/output/terminal.h"
#include "app/sql.h"
#include "pluginlake/catalog/reader.h"
#include "pluginlake/core/error.h"
#include "pluginlake/core/settings.h"
#include "pluginlake/duck/cell_writer.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::app {
namespace {

// Writes {"items":[…]} with one object a row.
RowsWritten WriteItems(duck::Result& result, Console& console) {
  console.Out("{\"items\":");
  const RowsWritten written =
      WriteRows(result, RowFormat::kJson, {}, [&](std::string_view text) { console.Out(text); });
  console.Out("}\n");
  return written;
}

class QuarantineList final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "quarantine list",
            .help = "List the records that were refused, with the reason",
            .examples = {"pluginlake quarantine list", "pluginlake quarantine list --batch 0198c0de-… --json"}};
  }

  void AddOptions(CLI::App& app) override {
    app.add_option("--batch", batch_, "Only what this ingest refused")->type_name("ID");
  }

  int Run(const VerbContext& context) override {
    const auto reader = OpenReader(context, std::nullopt);
    duck::Connection connection = reader->Connect();
    const duck::Value batch = batch_.empty() ? duck::Value{} : duck::Value{std::string_view(batch_)};
    Console& console = context.console;
    if (context.flags.json) {
      duck::Result items = connection.Stream(sql::kQuarantineItems, {&batch, 1});
      WriteItems(items, console);
      return 0;
    }
    RowLimits limits{.style = StdoutStyle(context)};
    limits.rows_max = console.out_is_terminal() ? context.settings.query.table_rows_max : 0;
    duck::Result rows = connection.Stream(sql::kQuarantineRows, {&batch, 1});
    const RowsWritten written =
        WriteRows(rows, RowFormat::kTable, limits, [&](std::string_view text) { console.Out(text); });
    if (!context.flags.quiet) {
      console.Err(Remark(written));
    }
    return 0;
  }

 private:
  static std::string Remark(const RowsWritten& written) {
    if (written.rows == 0) {
      return "(nothing is in quarantine)\n";
    }
    return fmt::format("({} refused record{}{})\n(`pluginlake quarantine show ID` shows one whole, with its content)\n",
                       written.rows, written.rows == 1 ? "" : "s", written.remark.empty() ? "" : "; " + written.remark);
  }

  std::string batch_;
};

class QuarantineShow final : public Verb {
 public:
  VerbDescription Describe() const override {
    return {.name = "quarantine show",
            .help = "Show one refused record with its content: this may be a patient's data",
            .examples = {"pluginlake quarantine show q0123456789abcdef"}};
  }

  void AddOptions(CLI::App& app) override { app.add_option("ID", id_, "As `quarantine list` names it")->required(); }

  int Run(const VerbContext& context) override {
    const auto reader = OpenReader(context, std::nullopt);
    duck::Connection connection = reader->Connect();
    const duck::Value id{std::string_view(id_)};
    if (connection.QueryInt64(sql::kQuarantineStands, {id}).value_or(0) == 0) {
      throw core::Error(core::ErrorKind::kNotFound, "PL-0230", "Nothing in quarantine has this id",
                        "`pluginlake quarantine list` shows the ids.");
    }
    duck::Result result = connection.Query(sql::kQuarantineItem, {&id, 1});
    if (context.flags.json) {
      WriteItems(result, context.console);
    } else {
      WriteText(result, context.console);
    }
    return 0;
  }

 private:
  // A line a column, then the content below.
  static void WriteText(duck::Result& result, Console& console) {
    duck::CellWriter cells(result);
    const auto chunk = result.Fetch();
    cells.Bind(*chunk);
    std::string text;
    const std::uint64_t body = result.columns().size() - 1;
    for (std::uint64_t column = 0; column < body; ++column) {
      std::string cell;
      cells.AppendText(cell, column, 0);
      text += fmt::format("{:<14} {}\n", result.columns()[column].name, cell.empty() ? "-" : Printable(cell));
    }
    std::string content;
    cells.AppendText(content, body, 0);
    console.Out(text + "\n" + (console.out_is_terminal() ? Printable(content) : content) + "\n");
  }

  std::string id_;
};

}  // namespace

std::unique_ptr<Verb> MakeQuarantineList() { return std::make_unique<QuarantineList>(); }
std::unique_ptr<Verb> MakeQuarantineShow() { return std::make_unique<QuarantineShow>(); }

}  // namespace pluginlake::app
