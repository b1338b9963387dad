// Makes the hot copy of the vocabularies from the lake.
#pragma once

#include <cstdint>
#include <string>

#include "pluginlake/duck/connection.h"

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::omop {

struct LookupBuild {
  std::string path;              // where it comes to stand, by rename; the folder is made
  std::int64_t snapshot_id = 0;  // of the load that it is made of
};

// Reads the vocabularies through `connection`, whose unqualified names are those of the lake, and writes the file. A
// file that was half made goes when the next one begins. Throws exhausted (disk full), Interrupted.
void BuildLookupFile(duck::Connection& connection, const LookupBuild& build, core::Progress& progress,
                     const core::Cancellation& cancellation);

}  // namespace pluginlake::omop
