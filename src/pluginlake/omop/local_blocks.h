// Who owns which concept ids from 2,000,000,000 on: one allocator for the demo, DHD, local maps and imported CDMs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pluginlake/duck/connection.h"

namespace pluginlake::omop {

// Ids from first_id to last_id, both included.
struct LocalIds {
  std::string vocabulary_id;
  std::int64_t first_id = 0;
  std::int64_t last_id = 0;
};

// Gives ids that a delivery brings itself to its vocabulary, within the writer's transaction; does nothing if it has
// them already. Throws conflict (PL-1010) if any of them is another vocabulary's, invalid_input (PL-1011) if they lie
// outside 2,000,000,000..2,147,483,647.
void ClaimLocalIds(duck::Connection& connection, const LocalIds& wanted);

// Returns `count` ids of the vocabulary that were never given, in order, within the writer's transaction; blocks are
// added where its own are full. The caller writes each into vocab.local_concept, which is what makes it given. Throws
// exhausted (PL-1012) when there are no ids left.
std::vector<std::int64_t> ReserveLocalIds(duck::Connection& connection, const std::string& vocabulary_id,
                                          std::uint64_t count);

}  // namespace pluginlake::omop
