// Decides what a column of a view is: its FHIR type, its DuckDB type, how values are brought to it.
#pragma once

#include <string>

#include "pluginlake/fhir/path_binder.h"
#include "pluginlake/fhir/place_tree.h"
#include "pluginlake/fhir/value_form.h"

namespace pluginlake::fhir {

struct ColumnDefinition;

struct ColumnType {
  std::string fhir_type;
  ValueForm form;
  std::string warning;  // empty = none
};

// Returns the type of a column whose path gives `shape`; adds the elements of a struct to `tree`. Throws invalid_input
// (PL-0707) for a type that is not known, cannot be a column's, or is not what the path gives.
ColumnType DecideColumnType(PlaceTree& tree, const ColumnDefinition& column, const Shape& shape);

}  // namespace pluginlake::fhir
