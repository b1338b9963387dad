// The fingerprint of an asset: what its rows are made by, in one hash.
#pragma once

#include <map>
#include <string>

#include "pluginlake/assets/graph.h"

namespace pluginlake::orchestration {

// Returns a hash for each asset of the graph, by key: of its declaration, its SELECT or ViewDefinition, the values of
// the settings it asks for, the macros, and the fingerprints of the assets it reads. `engine` names the version of what
// runs them: raised when the program itself makes other rows of the same text.
std::map<std::string, std::string> Fingerprints(const assets::Graph& graph,
                                                const std::map<std::string, std::string>& variables,
                                                const std::string& engine);

}  // namespace pluginlake::orchestration
