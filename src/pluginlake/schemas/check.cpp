// Walks the expected tables and looks each one up among those that stand.
#include "pluginlake/schemas/check.h"

#include <fmt/format.h>

#include <algorithm>

namespace pluginlake::schemas {
namespace {

void CheckField(const Table& table, const Field& field, const Table& standing, std::vector<TableDifference>& found) {
  const auto column = std::ranges::find(standing.fields, field.name, &Field::name);
  if (column == standing.fields.end()) {
    found.push_back({.difference = Difference::kMissingColumn, .table = table, .field = field});
  } else if (column->type != field.type) {
    found.push_back({.difference = Difference::kOtherType, .table = table, .field = field, .found = column->type});
  }
}

}  // namespace

std::vector<TableDifference> CheckTables(std::span<const Table> expected, std::span<const Table> actual) {
  std::vector<TableDifference> found;
  for (const Table& table : expected) {
    const auto standing = std::ranges::find(actual, table.QualifiedName(), &Table::QualifiedName);
    if (standing == actual.end()) {
      found.push_back({.difference = Difference::kMissingTable, .table = table});
      continue;
    }
    for (const Field& field : table.fields) {
      CheckField(table, field, *standing, found);
    }
  }
  return found;
}

std::vector<View> MissingViews(std::span<const View> expected, std::span<const Table> actual) {
  std::vector<View> missing;
  for (const View& view : expected) {
    if (std::ranges::find(actual, view.QualifiedName(), &Table::QualifiedName) == actual.end()) {
      missing.push_back(view);
    }
  }
  return missing;
}

std::string Describe(const TableDifference& difference) {
  std::string table = difference.table.QualifiedName();
  switch (difference.difference) {
    case Difference::kMissingTable:
      return fmt::format("the table {} is missing", table);
    case Difference::kMissingColumn:
      return fmt::format("the column {} of {} is missing", difference.field.name, table);
    case Difference::kOtherType:
      return fmt::format("the column {} of {} is {} where {} is expected", difference.field.name, table,
                         difference.found, difference.field.type);
  }
  return table;
}

}  // namespace pluginlake::schemas
