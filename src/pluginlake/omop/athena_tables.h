// The tables of an Athena bundle: which file each comes from, and by what it is sorted in the lake.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/schemas/table.h"

namespace pluginlake::omop {

struct AthenaTable {
  schemas::Table table;
  std::string sort_columns;  // a list as ORDER BY takes it
  bool in_every_bundle = true;

  // Returns "CONCEPT.csv": what Athena calls it.
  std::string FileName() const;
};

// Returns the nine tables that Athena delivers and source_to_concept_map, which others add.
std::vector<AthenaTable> AthenaTables();

// Returns the table of the station's vocab schema by its name. Throws internal if there is none.
schemas::Table VocabTable(std::string_view name);

// Concept ids from here on are a station's own.
inline constexpr std::int64_t kFirstLocalConceptId = 2'000'000'000;
// What tools with 32-bit concept ids can hold.
inline constexpr std::int64_t kLastLocalConceptId = 2'147'483'647;

}  // namespace pluginlake::omop
