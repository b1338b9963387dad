// Moves the station's records forward to what this program knows, one version a step; never backward.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace pluginlake::state {

class SqlDatabase;

// One step: sql/migrations/NNNN_name.sql. Once released it is never edited.
struct Migration {
  std::int64_t number;    // 1, 2, …
  std::string_view name;  // "0001_first_records"
  std::string_view script;
};

// Returns the steps this program knows, in order.
std::span<const Migration> KnownMigrations();

// Applies what is missing, each step in one transaction after a copy of all records was made (none of a fresh
// database).
// Throws conflict (PL-0501) if the records are newer than `known`, internal (PL-0506) if a step applied earlier
// differs from the one known now.
void Migrate(SqlDatabase& database, std::span<const Migration> known);

// Returns the number of the last step applied; 0 = none.
std::int64_t AppliedVersion(SqlDatabase& database);

}  // namespace pluginlake::state
