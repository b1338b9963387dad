// An Athena bundle as it is delivered: a folder or a zip file, and which table each file in it is.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pluginlake/omop/problem.h"
#include "pluginlake/sources/input_path.h"
#include "pluginlake/sources/record_limits.h"

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::omop {

struct BundleFile {
  std::string table;  // "concept"
  std::string shown;  // the path as given and the name below it
  std::string path;   // to open: in the folder, or where the zip file was unpacked to
  std::uint64_t bytes = 0;
};

struct Bundle {
  std::vector<BundleFile> files;  // in the order of AthenaTables()
  std::vector<Problem> problems;  // missing_file, file_twice, nested_archive, unreadable_file
};

struct BundleRequest {
  sources::InputPath path;
  std::string scratch_folder;  // is there; a zip file is unpacked into it
  sources::RecordLimits limits;
};

// Finds the tables' files: by name, in any case, in the folder or one folder further down. Throws not_found (PL-1001)
// if the path is not there, invalid_input (PL-1002) if it is neither folder nor zip file, exhausted when the disk is
// full, Interrupted.
Bundle OpenBundle(const BundleRequest& request, core::Progress& progress, const core::Cancellation& cancellation);

}  // namespace pluginlake::omop
