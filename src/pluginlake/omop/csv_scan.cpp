// Builds the reader of a file from its head line and the table's columns.
#include "pluginlake/omop/csv_scan.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "pluginlake/duck/database.h"

namespace pluginlake::omop {
namespace {

using schemas::Field;

// Rows that do not fit are counted by subtraction; only so many are described.
constexpr std::uint64_t kRejectsMax = 10'000;
// The widest line we read; names and synonyms are bounded, so a longer one is a broken file.
constexpr std::uint64_t kLineBytesMax = 1'048'576;

const Field* FieldOf(const schemas::Table& table, const std::string& column) {
  const auto field = std::ranges::find(table.fields, column, &Field::name);
  return field == table.fields.end() ? nullptr : &*field;
}

bool HasColumn(const FileSurvey& survey, const std::string& name) {
  return std::ranges::find(survey.columns, name) != survey.columns.end();
}

// Returns whether the file can be read at all.
bool CheckHead(const FileSurvey& survey, const schemas::Table& table, std::vector<Problem>& problems) {
  if (survey.bytes == 0) {
    problems.push_back(
        {.code = "empty_file", .table = table.name, .message = "The file is empty, without a head line"});
    return false;
  }
  if (survey.has_zero_bytes) {
    return false;  // told with the encoding
  }
  if (survey.delimiter != '\t') {
    problems.push_back({.code = "wrong_delimiter",
                        .table = table.name,
                        .message = fmt::format("The columns are separated by '{}' and not by tabs", survey.delimiter)});
    return false;
  }
  if (survey.has_quotes) {
    problems.push_back({.code = "quoted_fields",
                        .table = table.name,
                        .message = "The fields stand in double quotes; Athena writes none, quotes are part of a name"});
    return false;
  }
  return true;
}

// Returns whether every required column is there.
bool CheckColumns(const FileSurvey& survey, const schemas::Table& table, std::vector<Problem>& problems) {
  bool complete = true;
  for (const Field& field : table.fields) {
    if (!HasColumn(survey, field.name)) {
      problems.push_back({.code = "missing_column",
                          .table = table.name,
                          .message = fmt::format("The column {} is missing", field.name)});
      complete = complete && !field.required;
    }
  }
  for (const std::string& column : survey.columns) {
    if (FieldOf(table, column) == nullptr) {
      problems.push_back({.code = "unknown_column",
                          .severity = Severity::kWarning,
                          .table = table.name,
                          .message = fmt::format("The column {} is not one of the table, and is left out", column)});
    }
  }
  return complete;
}

std::string ColumnsOf(const FileSurvey& survey, const schemas::Table& table) {
  std::string columns;
  for (const std::string& column : survey.columns) {
    const Field* field = FieldOf(table, column);
    columns += fmt::format("{}{}: {}", columns.empty() ? "" : ", ", duck::QuoteLiteral(column),
                           duck::QuoteLiteral(field == nullptr ? "VARCHAR" : field->type));
  }
  return columns;
}

}  // namespace

CsvScan MakeCsvScan(const std::string& path, const FileSurvey& survey, const schemas::Table& table,
                    std::vector<Problem>& problems) {
  if (!CheckHead(survey, table, problems) || !CheckColumns(survey, table, problems)) {
    return {};
  }
  CsvScan scan;
  for (const Field& field : table.fields) {
    const std::string name = duck::QuoteIdentifier(field.name);
    const bool present = HasColumn(survey, field.name);
    scan.select += fmt::format("{}{}", scan.select.empty() ? "" : ", ",
                               present ? name : fmt::format("NULL::{} AS {}", field.type, name));
    if (field.required) {
      scan.where += fmt::format("{}{} IS NOT NULL", scan.where.empty() ? "" : " AND ", name);
    }
  }
  scan.from = fmt::format(
      "read_csv({}, auto_detect = false, header = true, delim = '\t', quote = '', escape = '', comment = '', "
      "new_line = '{}', nullstr = '', dateformat = '%Y%m%d', max_line_size = {}, ignore_errors = true, "
      "store_rejects = true, rejects_limit = {}, columns = {{{}}})",
      duck::QuoteLiteral(path), survey.has_crlf ? R"(\r\n)" : R"(\n)", kLineBytesMax, kRejectsMax,
      ColumnsOf(survey, table));
  return scan;
}

}  // namespace pluginlake::omop
