// What a view is compiled to: expressions over the places of its resource type, columns, and how rows come about.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/path_value.h"
#include "pluginlake/fhir/place_tree.h"
#include "pluginlake/fhir/value_form.h"

namespace pluginlake::fhir {

using ExprId = std::uint32_t;
inline constexpr ExprId kNoExpr = 0xFFFFFFFF;

enum class ExprOp : std::uint8_t {
  kFocus,
  kRoot,  // %resource
  kRowIndex,
  kNothing,
  kConstant,
  kStep,    // edges, from left; what stands at `kept` places passes through
  kFilter,  // left, where right
  kFirst,   // left
  kIndex,   // left at right
  kExists,  // left
  kEmpty,   // left
  kNot,     // left
  kJoin,    // left with separator right
  kLowBoundary,
  kHighBoundary,
  kReferenceKey,  // left: texts of references; `text` = the type wanted, or empty
  kNegate,
  kMultiply,
  kDivide,
  kIntegerDivide,
  kModulo,
  kAdd,
  kSubtract,
  kConcatenate,
  kLess,
  kLessOrEqual,
  kGreater,
  kGreaterOrEqual,
  kEqual,
  kNotEqual,
  kAnd,
  kOr,
  kXor,
  kImplies,
};

// From where an edge is taken.
struct Step {
  PlaceId source = 0;
  EdgeId edge = 0;
};

// An expression that walks from one value down single edges, perhaps cut to the first value on the way: its values are
// a range of the items of one place, found without evaluating anything.
struct Chain {
  struct Step {
    EdgeId edge = 0;
    bool only_first = false;
  };
  std::vector<Step> steps;
  PlaceId start = 0;
  PlaceId place = 0;  // where it ends
  bool from_root = false;
  std::vector<PlaceId> cuts;  // places of which only the first is taken
};

struct Expr {
  ExprOp op = ExprOp::kNothing;
  ExprId left = kNoExpr;
  ExprId right = kNoExpr;
  std::vector<Step> steps;    // kStep
  std::vector<PlaceId> kept;  // kStep
  Value constant;             // kConstant
  std::string_view text;      // kReferenceKey
  std::optional<Chain> chain;
};

struct ColumnPlan {
  std::uint32_t column = 0;  // its number in the view
  // A value of this JSON type at the chain's end is written as it stands; kNull = it must be converted.
  TapeKind direct = TapeKind::kNull;
  ExprId path = kNoExpr;
  ValueForm form;
  bool collection = false;
};

// A column of the root that is found by its place: nothing there is NULL or the empty list; one value may be written as
// it stands.
struct RootColumn {
  std::uint32_t column = 0;
  PlaceId place = 0;
  PlaceId cut = 0;  // a place that must have one value at most for that; 0 = none
  TapeKind direct = TapeKind::kNull;
  bool is_list = false;
  bool is_key = false;        // the text is a reference; its key is wanted
  std::string_view key_type;  // of the resource referred to; empty = any
  std::uint32_t key = 0;      // number of the key among those that the views of one evaluator want
  std::uint32_t plan = 0;     // its number in the root's columns, for all other cases
};

enum class Iteration : std::uint8_t { kNone, kForEach, kForEachOrNull, kRepeat };

// One `select`: its rows are those of the iteration's items, each with all columns, times the rows of each of
// `factors`.
struct SelectPlan {
  Iteration iteration = Iteration::kNone;
  std::vector<ExprId> paths;                     // of the iteration
  std::vector<ColumnPlan> columns;               // computed for each item
  std::vector<std::vector<SelectPlan>> factors;  // each a list of alternatives, whose rows follow each other
};

struct ViewProgram {
  std::vector<Expr> exprs;
  std::vector<std::unique_ptr<const std::string>> texts;  // what constants and keys point to, wherever the program goes
  std::uint32_t column_count = 0;
  std::vector<RootColumn> root_columns;      // the short cuts among the root's columns
  std::vector<std::uint32_t> other_columns;  // the numbers of the root's other columns in root.columns
  std::vector<ExprId> where;
  SelectPlan root;
  bool needs_tape = false;  // whole complex values are compared or written
};

}  // namespace pluginlake::fhir
