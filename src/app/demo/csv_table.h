// Reads the demo's lists: CSV that the build has put inside the binary.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::app::demo {

// A CSV text with a head line, cut into fields. Throws internal for a file that is no table: it is our own.
class CsvTable {
 public:
  explicit CsvTable(std::string_view text);

  std::size_t row_count() const { return rows_.size(); }
  // Returns a field by its column's name.
  const std::string& Text(std::size_t row, std::string_view column) const;
  // Returns a field as a number, `otherwise` if it is empty.
  int Integer(std::size_t row, std::string_view column, int otherwise) const;
  double Real(std::size_t row, std::string_view column, double otherwise) const;

 private:
  std::vector<std::string> columns_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace pluginlake::app::demo
