// The one way a delivered table is read from text: tab-separated, nothing quoted, dates as YYYYMMDD, empty = NULL.
#pragma once

#include <string>
#include <vector>

#include "pluginlake/omop/file_survey.h"
#include "pluginlake/omop/problem.h"
#include "pluginlake/schemas/table.h"

namespace pluginlake::omop {

// What can be read of a file, from its head line. `select` is empty if nothing can.
struct CsvScan {
  std::string select;  // the table's columns in order, typed; a NULL for one that the file lacks
  std::string from;    // read_csv(…) with explicit columns; lines that do not fit go to reject_errors
  std::string where;   // no required column is NULL
};

// Appends what is wrong with the head line: missing_column, unknown_column, wrong_delimiter, quoted_fields, empty_file.
CsvScan MakeCsvScan(const std::string& path, const FileSurvey& survey, const schemas::Table& table,
                    std::vector<Problem>& problems);

}  // namespace pluginlake::omop
