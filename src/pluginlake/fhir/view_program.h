// What a view is compiled to: expressions over the places of its resource type, columns, and how rows come about.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

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

struct Expr {
  ExprOp op = ExprOp::kNothing;
  ExprId left = kNoExpr;
  ExprId right = kNoExpr;
  std::vector<Step> steps;    // kStep
  std::vector<PlaceId> kept;  // kStep
  Value constant;             // kConstant
  std::string_view text;      // kReferenceKey
  // Set when the whole expression is a walk from the focus (or the root) down single edges: its values are a range.
  bool is_chain = false;
  bool from_root = false;
  std::vector<EdgeId> chain;
  PlaceId chain_place = 0;  // where it ends
};

struct ColumnPlan {
  std::uint32_t column = 0;  // its number in the view
  ExprId path = kNoExpr;
  ValueForm form;
  bool collection = false;
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
  std::deque<std::string> texts;  // what constants and keys point to: a deque's strings do not move
  std::uint32_t column_count = 0;
  std::vector<ExprId> where;
  SelectPlan root;
};

}  // namespace pluginlake::fhir
