// Links a ViewDefinition to the places of its resource type.
#pragma once

#include <string>
#include <vector>

#include "pluginlake/fhir/place_tree.h"
#include "pluginlake/fhir/view.h"
#include "pluginlake/fhir/view_program.h"

namespace pluginlake::fhir {

struct ViewDefinition;

struct LinkedView {
  ViewProgram program;
  std::vector<ViewColumn> columns;
  std::vector<std::string> json_types;  // see View::json_types
  std::vector<std::string> warnings;
};

// Adds what the view reads to `tree`, which views of the same resource type may share. Throws invalid_input: PL-0704 to
// PL-0707.
LinkedView LinkView(PlaceTree& tree, const ViewDefinition& definition);

// Finds the short cuts of a program: expressions that are chains, columns whose values are written as they stand. To be
// called when all views of the tree are linked.
void FinishProgram(const PlaceTree& tree, ViewProgram& program);

}  // namespace pluginlake::fhir
