// The gate: what must hold of a release before anything is replaced by it.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "pluginlake/omop/problem.h"

namespace pluginlake::core {
class Cancellation;
class Progress;
}  // namespace pluginlake::core

namespace pluginlake::omop {

class Staging;

struct GateSettings {
  std::string needed_vocabularies;        // vocab.needed: names separated by commas
  std::uint64_t shrink_percent_max = 10;  // vocab.shrink_percent_max
  std::string licences_held;              // vocab.licences: names separated by commas
};

// What the gate looks at, beside the staging area's views.
struct GateInput {
  std::set<std::string> tables;  // whose file could be read; checks that need another one are left out
  bool bundle_is_local = false;  // what only a release of Athena must have is not asked of it
  std::string release;           // empty = not said
  std::string loaded_release;    // empty = none
};

// Checks the staging area's views bundle_<table> (the delivery), <table> (what will stand), former_vocabulary,
// former_table, used_vocabulary, vocabulary_licence and will_stand (local maps). Returns a problem for each check that
// does not hold: keys that lead nowhere (dangling_key), keys that stand twice (duplicate_key), unsound maps, unknown
// letters, dates, what is missing, what shrank.
std::vector<Problem> RunGate(Staging& staging, const GateInput& input, const GateSettings& settings,
                             core::Progress& progress, const core::Cancellation& cancellation);

}  // namespace pluginlake::omop
