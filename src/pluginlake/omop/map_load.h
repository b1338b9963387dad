// Takes local maps into the lake: which codes of the station mean which concepts, set by set.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/omop/dhd_load.h"
#include "pluginlake/omop/map_file.h"
#include "pluginlake/omop/problem.h"

namespace pluginlake::omop {

struct MapLoadRequest {
  std::string run_id;
  sources::InputPath path;
  std::string mapping_set_id;  // empty = what the file says, else its name
  std::string version;         // empty = what the file says
  std::string vocabulary_id;   // of the codes, when the file does not say
  std::string system;          // a URI of that vocabulary, noted in code_system; empty = none
  std::int64_t precedence = 0;
  bool partial = false;  // load the sound lines of a file with errors
  std::string program_version;
};

struct MapLoadResult {
  std::string run_id;
  std::string mapping_set_id;
  std::string version;
  MapFormat format = MapFormat::kSourceToConceptMap;
  std::uint64_t lines = 0;      // read
  std::uint64_t maps = 0;       // kept: a code and a concept
  std::uint64_t codes = 0;      // different codes
  std::uint64_t effective = 0;  // of those, where this set is what counts
  std::vector<Problem> problems;
  std::optional<std::int64_t> snapshot_id;
  bool refused = false;
};

// Reads the file beside the lake and replaces the set in one commit, with what it changes in code_target and
// source_to_concept_map. Of several sets that map a code the one with the highest precedence counts, then the one that
// was loaded last; that they disagree is a problem (map_conflict, a warning). Errors: unknown_target (no such concept),
// unsound_target (not standard or not valid), unknown_system, missing_value. Throws invalid_input (PL-1060, PL-1061).
MapLoadResult LoadMap(const LoadParts& parts, const MapLoadRequest& request);

}  // namespace pluginlake::omop
