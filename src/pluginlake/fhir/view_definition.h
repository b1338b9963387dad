// A ViewDefinition as it was written: its structure checked, its expressions parsed, no types yet.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/fhirpath.h"
#include "pluginlake/fhir/path_binder.h"
#include "pluginlake/fhir/view_program.h"

namespace pluginlake::fhir {

// An expression with its text and where it stands, for errors: "select[0].forEach".
struct PlacedPath {
  std::string text;
  std::string place;
  PathNode path;
};

struct ColumnDefinition {
  std::string name;
  std::string description;
  std::string type;       // as written; empty = not given
  std::string ansi_type;  // of the tag ansi/type
  bool collection = false;
  PlacedPath path;
  std::string place;  // "select[0].column[1]"
};

struct SelectDefinition {
  std::string place;
  Iteration iteration = Iteration::kNone;
  std::vector<PlacedPath> paths;  // of the iteration
  std::vector<ColumnDefinition> columns;
  std::vector<SelectDefinition> selects;
  std::vector<SelectDefinition> union_all;
};

struct ViewDefinition {
  std::string name;
  std::string resource_type;
  std::string description;
  bool is_for_r4 = true;  // fhirVersion names 4.0, or is not given
  std::map<std::string, ConstantValue> constants;
  std::vector<SelectDefinition> selects;
  std::vector<PlacedPath> where;
};

// Reads a ViewDefinition. Throws invalid_input: PL-0701 for what is no JSON, PL-0702 for members that are missing,
// unknown or of the wrong type, PL-0703 and PL-0704 for expressions.
ViewDefinition ReadViewDefinition(std::string_view json);

}  // namespace pluginlake::fhir
