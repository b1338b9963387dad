// Sorts what is good of a file into Parquet, and describes what is not.
#include "pluginlake/omop/staging.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "omop/sql.h"
#include "pluginlake/core/cancel.h"
#include "pluginlake/duck/cancel_watch.h"
#include "pluginlake/omop/csv_scan.h"

namespace pluginlake::omop {
namespace {

constexpr std::size_t kExamplesMax = 5;

duck::DatabaseSettings InstanceSettings(const StagingSettings& settings) {
  return {.temp_directory = settings.folder + "/spilled",
          .temp_mb_max = settings.temp_mb_max,
          .memory_mb_max = settings.memory_mb_max,
          .threads = settings.threads};
}

// What the survey alone can tell of a file.
void DescribeSurvey(const FileSurvey& survey, const std::string& table, std::vector<Problem>& problems) {
  if (survey.has_zero_bytes) {
    problems.push_back({.code = "wrong_encoding",
                        .table = table,
                        .message = "The file is not UTF-8 but UTF-16 or no text at all: its head line has zero bytes"});
    return;
  }
  if (!survey.ends_in_line_feed) {
    problems.push_back({.code = "cut_file",
                        .table = table,
                        .message = "The last line has no line feed: the file is cut off",
                        .examples = {fmt::format("line {}", survey.lines + 1)}});
  }
  if (survey.has_crlf) {
    problems.push_back({.code = "crlf_line_ends",
                        .table = table,
                        .message = "The lines end in CR LF: the file went through a tool that changed it"});
  }
  if (survey.has_byte_order_mark) {
    problems.push_back({.code = "byte_order_mark",
                        .table = table,
                        .message = "The file begins with a byte order mark: it went through a tool that changed it"});
  }
  if (survey.first_misencoded_byte) {
    problems.push_back({.code = "wrong_encoding",
                        .table = table,
                        .message = "The file is not UTF-8",
                        .examples = {fmt::format("after byte {}", *survey.first_misencoded_byte)}});
  }
}

std::string_view MessageOf(std::string_view code) {
  if (code == "column_count") return "Lines with another number of columns than the head line";
  if (code == "bad_value") return "Lines with a value that is no number or no date of the form YYYYMMDD";
  if (code == "wrong_encoding") return "Lines that are not UTF-8";
  if (code == "line_too_long") return "Lines longer than a megabyte";
  return "Lines that cannot be read";
}

// Returns one problem a kind of line that DuckDB's reader refused.
std::vector<Problem> RejectsOf(duck::Connection& connection, const std::string& table) {
  std::vector<Problem> problems;
  duck::Result result = connection.Query(sql::kRejectedLines, {static_cast<std::int64_t>(kExamplesMax)});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      const std::string code(chunk->Text(0, row));
      if (problems.empty() || problems.back().code != code) {
        problems.push_back({.code = code,
                            .table = table,
                            .count = static_cast<std::uint64_t>(chunk->Int64(1, row)),
                            .message = std::string(MessageOf(code))});
      }
      problems.back().examples.emplace_back(chunk->Text(2, row));
    }
  }
  return problems;
}

void DropRejects(duck::Connection& connection) {
  connection.Query("DROP TABLE IF EXISTS reject_errors");
  connection.Query("DROP TABLE IF EXISTS reject_scans");
}

}  // namespace

Staging::Staging(const StagingSettings& settings)
    : folder_(settings.folder), database_(InstanceSettings(settings)), connection_(database_.Connect()) {
  connection_.Query("SET parquet_metadata_cache = true");
}

std::string Staging::PathOf(std::string_view name) const { return fmt::format("{}/{}.parquet", folder_, name); }

bool Staging::HasFile(std::string_view name) const { return std::filesystem::exists(PathOf(name)); }

duck::Result Staging::Run(std::string_view sql, std::initializer_list<duck::Value> values,
                          const core::Cancellation& cancellation) {
  if (cancellation.is_requested()) {
    throw core::Interrupted{};
  }
  const duck::CancelWatch watch(connection_, cancellation);
  return connection_.Query(sql, values);
}

std::uint64_t Staging::StageFile(const BundleFile& file, const FileSurvey& survey, std::vector<Problem>& problems,
                                 const core::Cancellation& cancellation) {
  const std::vector<AthenaTable> tables = AthenaTables();
  const auto table = std::ranges::find(tables, file.table,
                                       [](const AthenaTable& each) -> const std::string& { return each.table.name; });
  DescribeSurvey(survey, file.table, problems);
  const CsvScan scan = MakeCsvScan(file.path, survey, table->table, problems);
  if (scan.select.empty()) {
    return 0;
  }
  DropRejects(connection_);
  const std::string unfinished = PathOf(file.table) + ".writing";
  const duck::Result copied =
      Run(fmt::format("COPY (SELECT {} FROM {} WHERE {} ORDER BY {}) TO {} (FORMAT parquet, COMPRESSION zstd, "
                      "COMPRESSION_LEVEL 1)",
                      scan.select, scan.from, scan.where, table->sort_columns, duck::QuoteLiteral(unfinished)),
          {}, cancellation);
  std::filesystem::rename(unfinished, PathOf(file.table));
  const std::uint64_t rows = copied.rows_changed();
  std::uint64_t described = 0;
  for (Problem& problem : RejectsOf(connection_, file.table)) {
    described += problem.count;
    problems.push_back(std::move(problem));
  }
  if (rows + described < survey.lines) {
    problems.push_back(
        {.code = "missing_value",
         .table = file.table,
         .count = survey.lines - rows - described,
         .message = "Lines without a value that every row must have, or blank, or too many to describe"});
  }
  return rows;
}

void Staging::ShowFile(const std::string& name, const std::string& file, const schemas::Table& table) {
  if (HasFile(file)) {
    connection_.Query(fmt::format("CREATE OR REPLACE VIEW {} AS SELECT * FROM read_parquet({})",
                                  duck::QuoteIdentifier(name), duck::QuoteLiteral(PathOf(file))));
    return;
  }
  std::string columns;
  for (const schemas::Field& field : table.fields) {
    columns +=
        fmt::format("{}NULL::{} AS {}", columns.empty() ? "" : ", ", field.type, duck::QuoteIdentifier(field.name));
  }
  connection_.Query(
      fmt::format("CREATE OR REPLACE VIEW {} AS SELECT {} LIMIT 0", duck::QuoteIdentifier(name), columns));
}

}  // namespace pluginlake::omop
