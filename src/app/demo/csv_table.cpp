// Cuts CSV with quoted fields into rows.
#include "app/demo/csv_table.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "pluginlake/core/error.h"

namespace pluginlake::app::demo {
namespace {

// Takes one field and what ends it off the front of `text`; says in `row_ends` whether that was the line's end.
std::string TakeField(std::string_view& text, bool& row_ends) {
  std::string field;
  bool quoted = false;
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"' && quoted && at + 1 < text.size() && text[at + 1] == '"') {
      field += c;
      ++at;
    } else if (c == '"') {
      quoted = !quoted;
    } else if (!quoted && (c == ',' || c == '\n')) {
      break;
    } else {
      field += c;
    }
  }
  row_ends = at == text.size() || text[at] == '\n';
  text.remove_prefix(std::min(at + 1, text.size()));
  return field;
}

std::vector<std::string> TakeRow(std::string_view& text) {
  std::vector<std::string> row;
  bool row_ends = false;
  while (!row_ends) {
    row.push_back(TakeField(text, row_ends));
  }
  return row;
}

}  // namespace

CsvTable::CsvTable(std::string_view text) : columns_(TakeRow(text)) {
  while (!text.empty()) {
    rows_.push_back(TakeRow(text));
    PL_CHECK(rows_.back().size() == columns_.size(),
             "a row of an embedded list has another number of fields than its head");
  }
}

const std::string& CsvTable::Text(std::size_t row, std::string_view column) const {
  const auto found = std::find(columns_.begin(), columns_.end(), column);
  PL_CHECK(found != columns_.end(), "an embedded list has no such column");
  return rows_[row][static_cast<std::size_t>(found - columns_.begin())];
}

int CsvTable::Integer(std::size_t row, std::string_view column, int otherwise) const {
  const std::string& text = Text(row, column);
  return text.empty() ? otherwise : static_cast<int>(std::strtol(text.c_str(), nullptr, 10));
}

double CsvTable::Real(std::size_t row, std::string_view column, double otherwise) const {
  const std::string& text = Text(row, column);
  return text.empty() ? otherwise : std::strtod(text.c_str(), nullptr);
}

}  // namespace pluginlake::app::demo
