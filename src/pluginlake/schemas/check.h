// Compares the tables that stand in a lake with the tables that should.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "pluginlake/schemas/table.h"

namespace pluginlake::schemas {

// What differs. A table or column more than expected is no difference: a station may add its own.
enum class Difference { kMissingTable, kMissingColumn, kOtherType };

// One difference; `field` is empty for a missing table. For kOtherType, `found` is the type that stands.
struct TableDifference {
  Difference difference = Difference::kMissingTable;
  Table table;
  Field field;
  std::string found;
};

// Returns every difference, in the order of `expected`; empty = the lake has what it should have.
std::vector<TableDifference> CheckTables(std::span<const Table> expected, std::span<const Table> actual);

// Returns the views that are not among `actual`, which lists tables and views alike.
std::vector<View> MissingViews(std::span<const View> expected, std::span<const Table> actual);

// Returns one difference as a sentence for people.
std::string Describe(const TableDifference& difference);

}  // namespace pluginlake::schemas
