// Builds vocab.code_target: what each code means, ready to be joined.
#pragma once

#include <cstdint>

namespace pluginlake::core {
class Cancellation;
}

namespace pluginlake::omop {

class Staging;

// Leaves the index as <folder>/code_target.parquet, over the staging area's concept, concept_relationship,
// station_map, code_system and unit_alias; returns its rows. Step by step, each a table that may spill: as
// one statement it joins in nested loops.
std::uint64_t BuildCodeIndex(Staging& staging, const core::Cancellation& cancellation);

}  // namespace pluginlake::omop
