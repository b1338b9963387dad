// Evaluates the bound expressions of a view over the values of one resource.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "pluginlake/fhir/decimal.h"
#include "pluginlake/fhir/node_scalar.h"
#include "pluginlake/fhir/path_value.h"
#include "pluginlake/fhir/placed_items.h"
#include "pluginlake/fhir/text_arena.h"
#include "pluginlake/fhir/view_program.h"

namespace pluginlake::fhir {

// What an expression is asked of.
struct Focus {
  Value value;
  bool is_empty = false;
  std::int64_t row_index = 0;  // %rowIndex
};

// Why a resource gives no rows: what FHIRPath and SQL-on-FHIR call an error.
enum class EvaluationFault : std::uint8_t {
  kNone,
  kSeveralValues,  // where one is expected
  kNotComparable,  // < or > between values of different kinds
  kNotBoolean,     // a condition gave another value
  kTooManyRows,
};

// One a thread. Results are pushed on a stack, which the caller cuts back.
class PathEvaluator {
 public:
  PathEvaluator(const PlaceTree& tree, const PlacedItems& items) : tree_(tree), items_(items) {}

  void Begin(const ViewProgram& program) {
    program_ = &program;
    fault_ = EvaluationFault::kNone;
    stack_.clear();
  }

  // Pushes the values of an expression. After a fault the values mean nothing.
  void Evaluate(ExprId id, const Focus& focus);
  // Evaluates a condition.
  Truth EvaluateTruth(ExprId id, const Focus& focus);
  // Finds the items that a chain gives, at chain.place; nothing is pushed.
  ItemRange RangeOf(const Chain& chain, const Focus& focus) const {
    const bool at_root = chain.from_root || (focus.value.place == PlaceTree::kRoot && !focus.is_empty);
    if (at_root && chain.cuts.empty() && chain.start == PlaceTree::kRoot && focus.value.kind == ValueKind::kNode) {
      return {0, items_.ItemCount(chain.place)};
    }
    return Walk(chain, focus);
  }

  // Reads a value; counts it when it is of an unexpected JSON type.
  Reading Read(const Value& value, Value& scalar);

  const std::vector<Value>& stack() const { return stack_; }
  void Cut(std::size_t size) { stack_.resize(size); }
  EvaluationFault fault() const { return fault_; }
  void Fail(EvaluationFault fault) { fault_ = fault_ == EvaluationFault::kNone ? fault : fault_; }

  // Elements of an unexpected JSON type since the last TakeWarnings.
  std::uint64_t TakeWarnings() { return std::exchange(warnings_, 0); }
  void Warn() { ++warnings_; }
  TextArena& arena() { return arena_; }

 private:
  const Expr& At(ExprId id) const { return program_->exprs[id]; }
  void Push(const Value& value) { stack_.push_back(value); }
  // Returns the expression's chain if it is one with at least one step.
  static const Chain* ChainOf(const Expr& expr) {
    return expr.chain && !expr.chain->steps.empty() ? &*expr.chain : nullptr;
  }
  ItemRange Walk(const Chain& chain, const Focus& focus) const;
  void PushTruth(Truth truth);
  void PushRange(PlaceId place, ItemRange range);
  std::optional<Value> Single(ExprId id, const Focus& focus);

  void Compute(const Expr& expr, const Focus& focus);
  void Step(const Expr& expr, const Focus& focus);
  void Filter(const Expr& expr, const Focus& focus);
  void First(const Expr& expr, const Focus& focus);
  void Index(const Expr& expr, const Focus& focus);
  void Join(const Expr& expr, const Focus& focus);
  void FindBoundary(const Expr& expr, const Focus& focus);
  void ReferenceKey(const Expr& expr, const Focus& focus);
  void Negate(const Expr& expr, const Focus& focus);
  void Concatenate(const Expr& expr, const Focus& focus);
  void Calculate(const Expr& expr, const Focus& focus);
  void PushNumber(const std::optional<Decimal>& number, bool whole);

  bool Exists(ExprId id, const Focus& focus);
  Truth Equal(const Expr& expr, const Focus& focus);
  Truth EqualItems(const Value& left, const Value& right);
  Truth Compare(const Expr& expr, const Focus& focus);
  Truth Combine(const Expr& expr, const Focus& focus);
  Truth SingleTruth(ExprId id, const Focus& focus);

  const PlaceTree& tree_;
  const PlacedItems& items_;
  const ViewProgram* program_ = nullptr;
  std::vector<Value> stack_;
  TextArena arena_;
  EvaluationFault fault_ = EvaluationFault::kNone;
  std::uint64_t warnings_ = 0;
};

}  // namespace pluginlake::fhir
