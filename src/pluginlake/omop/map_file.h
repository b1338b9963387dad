// A file of local maps as it is delivered: source_to_concept_map, a Usagi export, an SSSOM mapping set, or the work
// list of unmapped codes with targets filled in.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace pluginlake::omop {

enum class MapFormat { kSourceToConceptMap, kUsagi, kSssom, kWorkList };

// Returns "source_to_concept_map", "usagi", "sssom" or "work_list".
std::string_view NameOf(MapFormat format);

// What is known of a file before its rows are read.
struct MapFile {
  MapFormat format = MapFormat::kSourceToConceptMap;
  char delimiter = ',';
  std::uint64_t head_line = 1;                  // the line that names the columns
  std::vector<std::string> columns;             // in small letters, without underscores
  std::map<std::string, std::string> metadata;  // of SSSOM: mapping_set_id, license, …
  std::map<std::string, std::string> prefixes;  // of SSSOM's curie_map: prefix in small letters -> URI
};

// Reads head and metadata. `text` begins as the file does, with all of its comment lines. Throws invalid_input
// (PL-1060) if it is none of the four formats; `shown` names the file.
MapFile ReadMapHead(std::string_view text, const std::string& shown);

}  // namespace pluginlake::omop
