// Cuts at line feeds and commas.
#include "pluginlake/omop/csv_lines.h"

namespace pluginlake::omop {
namespace {

std::vector<std::string> Cut(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) {
      return parts;
    }
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::vector<std::vector<std::string>> CsvLines(std::string_view csv) {
  std::vector<std::vector<std::string>> lines;
  for (const std::string& line : Cut(csv, '\n')) {
    if (!line.empty()) {
      lines.push_back(Cut(line, ','));
    }
  }
  if (!lines.empty()) {
    lines.erase(lines.begin());
  }
  return lines;
}

}  // namespace pluginlake::omop
