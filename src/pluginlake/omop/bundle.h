// An Athena bundle as it is delivered, and which table each file in it is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pluginlake/omop/delivery.h"
#include "pluginlake/omop/problem.h"

namespace pluginlake::omop {

struct BundleFile {
  std::string table;  // "concept"
  std::string shown;  // the path as given and the name below it
  std::string path;   // to open: in the folder, or where the zip file was unpacked to
  std::uint64_t bytes = 0;
};

struct Bundle {
  std::vector<BundleFile> files;  // in the order of AthenaTables()
  std::vector<Problem> problems;  // missing_file, file_twice, nested_archive, cut_file
};

// Picks the tables' files out of the delivery: by name, in any case, wherever they lie in it.
Bundle OpenBundle(Delivery& delivery);

}  // namespace pluginlake::omop
