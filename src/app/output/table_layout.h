// Lays rows out in aligned columns that fit a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace pluginlake::app {

struct TableColumn {
  std::string title;
  bool at_right = false;  // numbers
};

struct TableCell {
  std::string text;
  bool is_null = false;
};

// Where a table is shown.
struct TableStyle {
  std::size_t width_max = 0;  // columns of the terminal; 0 = as wide as it gets
  bool color = false;
};

using TableRow = std::vector<TableCell>;

// Knows the columns' widths once it has measured the first rows; a later cell that is wider is shortened if there is a
// limit, else it sticks out.
class TableLayout {
 public:
  TableLayout(std::vector<TableColumn> columns, TableStyle style);

  // Measures and settles the widths. Call once, before the rest.
  void Measure(const std::vector<TableRow>& rows);
  // Returns the head: titles and a rule, each with a line feed.
  std::string Head() const;
  // Returns one row with a line feed.
  std::string Line(const TableRow& row) const;
  // Returns how many columns at the right are left out because the terminal is too narrow.
  std::size_t hidden_columns() const { return columns_.size() - shown_; }
  // Says whether a cell has been shortened so far.
  bool has_shortened() const { return has_shortened_; }

 private:
  void FitWidth();

  std::vector<TableColumn> columns_;
  TableStyle style_;
  std::vector<std::size_t> widths_;
  std::size_t shown_ = 0;
  mutable bool has_shortened_ = false;
};

// Returns head and rows of a small table.
std::string TableText(const std::vector<TableColumn>& columns, const std::vector<TableRow>& rows, TableStyle style);

}  // namespace pluginlake::app
