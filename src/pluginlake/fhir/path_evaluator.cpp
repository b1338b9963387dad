// Walks, filters and conditions; what computes new values is in path_functions.cpp.
#include "pluginlake/fhir/path_evaluator.h"

#include <algorithm>
#include <utility>

#include "pluginlake/fhir/node_scalar.h"
#include "pluginlake/fhir/scalar_compare.h"

namespace pluginlake::fhir {

namespace {

// Says whether the operation gives a truth value.
bool IsCondition(ExprOp op) {
  return op >= ExprOp::kLess || op == ExprOp::kExists || op == ExprOp::kEmpty || op == ExprOp::kNot;
}

}  // namespace

void PathEvaluator::PushTruth(Truth truth) {
  if (truth != Truth::kEmpty) {
    Push(Value::Boolean(truth == Truth::kTrue));
  }
}

void PathEvaluator::PushRange(PlaceId place, ItemRange range) {
  for (std::uint32_t item = range.begin; item < range.end; ++item) {
    Push(Value::Node(place, item));
  }
}

ItemRange PathEvaluator::Walk(const Chain& chain, const Focus& focus) const {
  ItemRange range{0, 1};
  if (!chain.from_root) {
    const bool stands_here =
        !focus.is_empty && focus.value.kind == ValueKind::kNode && focus.value.place == chain.start;
    range = stands_here ? ItemRange{focus.value.item, focus.value.item + 1} : ItemRange{};
  }
  for (const Chain::Step& step : chain.steps) {
    range = items_.Below(step.edge, range);
    if (step.only_first) {
      range.end = std::min(range.end, range.begin + 1);
    }
  }
  return range;
}

Reading PathEvaluator::Read(const Value& value, Value& scalar) {
  if (value.kind != ValueKind::kNode) {
    scalar = value;
    return Reading::kScalar;
  }
  const Reading reading = ReadScalar(items_.Node(value.place, value.item), tree_.place(value.place).kind, scalar);
  warnings_ += reading == Reading::kUnexpected ? 1 : 0;
  return reading;
}

void PathEvaluator::Evaluate(ExprId id, const Focus& focus) {
  const Expr& expr = At(id);
  switch (expr.op) {
    case ExprOp::kFocus:
      if (!focus.is_empty) Push(focus.value);
      break;
    case ExprOp::kRoot:
      Push(Value::Node(PlaceTree::kRoot, 0));
      break;
    case ExprOp::kRowIndex:
      Push(Value::Integer(focus.row_index));
      break;
    case ExprOp::kNothing:
      break;
    case ExprOp::kConstant:
      Push(expr.constant);
      break;
    case ExprOp::kStep:
      Step(expr, focus);
      break;
    case ExprOp::kFilter:
      Filter(expr, focus);
      break;
    case ExprOp::kFirst:
      First(expr, focus);
      break;
    case ExprOp::kIndex:
      Index(expr, focus);
      break;
    default:
      IsCondition(expr.op) ? PushTruth(EvaluateTruth(id, focus)) : Compute(expr, focus);
  }
}

void PathEvaluator::Step(const Expr& expr, const Focus& focus) {
  if (const Chain* chain = ChainOf(expr)) {
    PushRange(chain->place, RangeOf(*chain, focus));
    return;
  }
  const std::size_t begin = stack_.size();
  Evaluate(expr.left, focus);
  const std::size_t end = stack_.size();
  for (std::size_t i = begin; i < end; ++i) {
    const Value value = stack_[i];
    if (value.kind != ValueKind::kNode) {
      continue;
    }
    if (std::ranges::find(expr.kept, value.place) != expr.kept.end()) {
      Push(value);
      continue;
    }
    for (const fhir::Step& step : expr.steps) {
      if (step.source == value.place) {
        PushRange(tree_.edge(step.edge).target, items_.Below(step.edge, value.item));
      }
    }
  }
  stack_.erase(stack_.begin() + static_cast<std::ptrdiff_t>(begin), stack_.begin() + static_cast<std::ptrdiff_t>(end));
}

void PathEvaluator::Filter(const Expr& expr, const Focus& focus) {
  const std::size_t begin = stack_.size();
  Evaluate(expr.left, focus);
  const std::size_t end = stack_.size();
  std::size_t kept = begin;
  for (std::size_t i = begin; i < end; ++i) {
    const Focus item{.value = stack_[i], .row_index = focus.row_index};
    if (EvaluateTruth(expr.right, item) == Truth::kTrue) {
      stack_[kept++] = stack_[i];
    }
  }
  Cut(kept);
}

void PathEvaluator::First(const Expr& expr, const Focus& focus) {
  if (const Chain* chain = ChainOf(expr)) {
    PushRange(chain->place, RangeOf(*chain, focus));
    return;
  }
  const std::size_t begin = stack_.size();
  Evaluate(expr.left, focus);
  Cut(std::min(stack_.size(), begin + 1));
}

void PathEvaluator::Index(const Expr& expr, const Focus& focus) {
  const std::size_t begin = stack_.size();
  const std::optional<Value> index = Single(expr.right, focus);
  Evaluate(expr.left, focus);
  const bool is_whole = index && index->kind == ValueKind::kInteger && index->number >= 0;
  const std::size_t count = stack_.size() - begin;
  if (is_whole && static_cast<std::uint64_t>(index->number) < count) {
    stack_[begin] = stack_[begin + static_cast<std::size_t>(index->number)];
    Cut(begin + 1);
  } else {
    Cut(begin);
  }
}

// Returns the one scalar that the expression gives; nullopt when there is none. Several are a fault.
std::optional<Value> PathEvaluator::Single(ExprId id, const Focus& focus) {
  const std::size_t begin = stack_.size();
  Evaluate(id, focus);
  std::optional<Value> single;
  if (stack_.size() > begin + 1) {
    Fail(EvaluationFault::kSeveralValues);
  } else if (stack_.size() == begin + 1) {
    Value scalar;
    if (Read(stack_[begin], scalar) == Reading::kScalar) {
      single = scalar;
    }
  }
  Cut(begin);
  return single;
}

Truth PathEvaluator::EvaluateTruth(ExprId id, const Focus& focus) {
  const Expr& expr = At(id);
  switch (expr.op) {
    case ExprOp::kExists:
      return TruthOf(Exists(expr.left, focus));
    case ExprOp::kEmpty:
      return TruthOf(!Exists(expr.left, focus));
    case ExprOp::kNot:
      return Not(SingleTruth(expr.left, focus));
    case ExprOp::kEqual:
      return Equal(expr, focus);
    case ExprOp::kNotEqual:
      return Not(Equal(expr, focus));
    default:
      break;
  }
  if (!IsCondition(expr.op)) {
    return SingleTruth(id, focus);
  }
  return expr.op >= ExprOp::kAnd ? Combine(expr, focus) : Compare(expr, focus);
}

// The right side is not asked where the left one decides.
Truth PathEvaluator::Combine(const Expr& expr, const Focus& focus) {
  const Truth left = SingleTruth(expr.left, focus);
  const bool is_and = expr.op == ExprOp::kAnd;
  if (left == Truth::kFalse && (is_and || expr.op == ExprOp::kImplies)) {
    return TruthOf(!is_and);
  }
  if (left == Truth::kTrue && expr.op == ExprOp::kOr) {
    return left;
  }
  const Truth right = SingleTruth(expr.right, focus);
  switch (expr.op) {
    case ExprOp::kAnd:
      return And(left, right);
    case ExprOp::kOr:
      return Or(left, right);
    case ExprOp::kXor:
      return Xor(left, right);
    default:
      return Implies(left, right);
  }
}

// FHIRPath's evaluation of a singleton as a boolean: what is there and no boolean is true.
Truth PathEvaluator::SingleTruth(ExprId id, const Focus& focus) {
  if (IsCondition(At(id).op)) {
    return EvaluateTruth(id, focus);
  }
  const std::size_t begin = stack_.size();
  Evaluate(id, focus);
  const std::size_t count = stack_.size() - begin;
  Truth truth = Truth::kEmpty;
  if (count > 1) {
    Fail(EvaluationFault::kSeveralValues);
  } else if (count == 1) {
    Value scalar;
    const Reading reading = Read(stack_[begin], scalar);
    if (reading == Reading::kScalar) {
      truth = TruthOf(scalar.kind != ValueKind::kBoolean || scalar.number != 0);
    } else if (reading == Reading::kComplex) {
      truth = Truth::kTrue;
    }
  }
  Cut(begin);
  return truth;
}

bool PathEvaluator::Exists(ExprId id, const Focus& focus) {
  if (const Chain* chain = ChainOf(At(id))) {
    return RangeOf(*chain, focus).size() > 0;
  }
  const std::size_t begin = stack_.size();
  Evaluate(id, focus);
  const bool exists = stack_.size() > begin;
  Cut(begin);
  return exists;
}

Truth PathEvaluator::EqualItems(const Value& left, const Value& right) {
  Value left_scalar;
  Value right_scalar;
  const Reading left_reading = Read(left, left_scalar);
  const Reading right_reading = Read(right, right_scalar);
  if (left_reading == Reading::kScalar && right_reading == Reading::kScalar) {
    return EqualScalars(left_scalar, right_scalar);
  }
  if (left_reading == Reading::kComplex && right_reading == Reading::kComplex) {
    return TruthOf(
        DeepEqual(items_.tape(), *items_.Node(left.place, left.item), *items_.Node(right.place, right.item)));
  }
  const auto has_value = [](Reading reading) { return reading == Reading::kScalar || reading == Reading::kComplex; };
  return has_value(left_reading) && has_value(right_reading) ? Truth::kFalse : Truth::kEmpty;
}

Truth PathEvaluator::Equal(const Expr& expr, const Focus& focus) {
  const std::size_t begin = stack_.size();
  Evaluate(expr.left, focus);
  const std::size_t middle = stack_.size();
  Evaluate(expr.right, focus);
  const std::size_t end = stack_.size();
  Truth equal = Truth::kEmpty;
  if (middle > begin && end > middle) {
    equal = TruthOf(middle - begin == end - middle);
    for (std::size_t i = begin; equal == Truth::kTrue && i < middle; ++i) {
      equal = EqualItems(stack_[i], stack_[i + middle - begin]);
    }
  }
  Cut(begin);
  return equal;
}

Truth PathEvaluator::Compare(const Expr& expr, const Focus& focus) {
  const std::optional<Value> left = Single(expr.left, focus);
  const std::optional<Value> right = Single(expr.right, focus);
  if (!left || !right) {
    return Truth::kEmpty;
  }
  const Order order = CompareScalars(*left, *right);
  const bool has_order = order != Order::kIncomparable && left->kind != ValueKind::kBoolean;
  if (!has_order) {
    Fail(EvaluationFault::kNotComparable);
    return Truth::kEmpty;
  }
  if (order == Order::kUnknown) {
    return Truth::kEmpty;
  }
  switch (expr.op) {
    case ExprOp::kLess:
      return TruthOf(order == Order::kLess);
    case ExprOp::kLessOrEqual:
      return TruthOf(order != Order::kGreater);
    case ExprOp::kGreater:
      return TruthOf(order == Order::kGreater);
    default:
      return TruthOf(order != Order::kLess);
  }
}

}  // namespace pluginlake::fhir
