// Reads the TOML beside an asset's SELECT or ViewDefinition.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/assets/asset.h"

namespace pluginlake::assets {

// Something wrong in an asset's files, with its place ("assets/curated/beds.toml:4") and what helps.
struct Problem {
  std::string place;
  std::string what;
  std::string hint;

  auto operator<=>(const Problem&) const = default;
};

// A name that a declaration may hold, and what stands under it.
struct DeclaredName {
  std::string_view name;
  std::string_view what;
};

// Returns all of them, as `help assets` lists them.
std::vector<DeclaredName> DeclaredNames();

// Fills what `toml` says into `asset`; `path` is for messages. Every problem is added; an unknown name is one, with the
// nearest known name as hint.
void ReadDeclaration(std::string_view toml, const std::string& path, Asset& asset, std::vector<Problem>& problems);

}  // namespace pluginlake::assets
