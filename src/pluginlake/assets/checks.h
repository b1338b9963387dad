// Runs the checks of assets on their staged rows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/assets/compute.h"

namespace pluginlake::assets {

// How one check came out.
struct CheckResult {
  std::string asset;
  std::string name;
  Severity severity = Severity::kError;
  std::int64_t violated_rows = 0;
  std::int64_t rows_looked_at = 0;
  std::string error;  // the check itself could not be run; empty = it could

  bool passed() const { return error.empty() && violated_rows == 0; }
  // Says whether the asset may not be written.
  bool refuses() const { return !passed() && severity == Severity::kError; }
};

// Runs the declared checks of `asset`, and that every required column of a declared table is filled ("required").
// `by_keys`: only some keys were computed, and a check looks at their rows, unless it is declared `whole`.
std::vector<CheckResult> RunChecks(const Asset& asset, bool by_keys, Relations& relations, Compute& compute);

}  // namespace pluginlake::assets
