// Cuts the room's own lists (data/*.csv) into lines and cells.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::omop {

// Returns the cells of each line after the head line. The lists quote nothing, so a cell holds no comma.
std::vector<std::vector<std::string>> CsvLines(std::string_view csv);

}  // namespace pluginlake::omop
