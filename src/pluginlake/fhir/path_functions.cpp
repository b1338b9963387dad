// Arithmetic, texts, boundaries, keys.
#include <utility>

#include "pluginlake/fhir/decimal.h"
#include "pluginlake/fhir/node_scalar.h"
#include "pluginlake/fhir/partial_time.h"
#include "pluginlake/fhir/path_evaluator.h"
#include "pluginlake/fhir/reference_key.h"

namespace pluginlake::fhir {

namespace {

std::optional<Decimal> DecimalOf(const Value& value) {
  if (value.kind == ValueKind::kInteger) {
    return Decimal(value.number);
  }
  return value.kind == ValueKind::kDecimal ? Decimal::Parse(value.text) : std::nullopt;
}

std::optional<Decimal> Apply(ExprOp op, const Decimal& left, const Decimal& right) {
  switch (op) {
    case ExprOp::kMultiply:
      return left.Times(right);
    case ExprOp::kDivide:
      return left.DividedBy(right);
    case ExprOp::kIntegerDivide:
      return left.IntegerDividedBy(right);
    case ExprOp::kModulo:
      return left.Modulo(right);
    case ExprOp::kAdd:
      return left.Plus(right);
    default:
      return left.Minus(right);
  }
}

}  // namespace

void PathEvaluator::Compute(const Expr& expr, const Focus& focus) {
  switch (expr.op) {
    case ExprOp::kJoin:
      Join(expr, focus);
      break;
    case ExprOp::kLowBoundary:
    case ExprOp::kHighBoundary:
      FindBoundary(expr, focus);
      break;
    case ExprOp::kReferenceKey:
      ReferenceKey(expr, focus);
      break;
    case ExprOp::kNegate:
      Negate(expr, focus);
      break;
    case ExprOp::kConcatenate:
      Concatenate(expr, focus);
      break;
    default:
      Calculate(expr, focus);
  }
}

void PathEvaluator::PushNumber(const std::optional<Decimal>& number, bool whole) {
  if (!number) {
    return;
  }
  const std::optional<std::int64_t> integer = whole ? number->ToInt64() : std::nullopt;
  if (integer) {
    Push(Value::Integer(*integer));
  } else if (!whole) {
    Push(Value::Text(ValueKind::kDecimal, arena_.Keep(number->ToText())));
  }
}

void PathEvaluator::Negate(const Expr& expr, const Focus& focus) {
  const std::optional<Value> operand = Single(expr.left, focus);
  const std::optional<Decimal> number = operand ? DecimalOf(*operand) : std::nullopt;
  if (number) {
    PushNumber(number->Negated(), operand->kind == ValueKind::kInteger);
  }
}

void PathEvaluator::Calculate(const Expr& expr, const Focus& focus) {
  const std::optional<Value> left = Single(expr.left, focus);
  const std::optional<Value> right = Single(expr.right, focus);
  if (!left || !right) {
    return;
  }
  if (expr.op == ExprOp::kAdd && left->kind == ValueKind::kString && right->kind == ValueKind::kString) {
    std::string joined(left->text);
    joined += right->text;
    Push(Value::Text(ValueKind::kString, arena_.Keep(joined)));
    return;
  }
  const std::optional<Decimal> left_number = DecimalOf(*left);
  const std::optional<Decimal> right_number = DecimalOf(*right);
  if (!left_number || !right_number) {
    Warn();
    return;
  }
  const bool integers = left->kind == ValueKind::kInteger && right->kind == ValueKind::kInteger;
  const bool whole = (integers && expr.op != ExprOp::kDivide) || expr.op == ExprOp::kIntegerDivide;
  PushNumber(Apply(expr.op, *left_number, *right_number), whole);
}

// & takes what is not there for an empty text.
void PathEvaluator::Concatenate(const Expr& expr, const Focus& focus) {
  std::string joined;
  for (const ExprId id : {expr.left, expr.right}) {
    const std::optional<Value> operand = Single(id, focus);
    if (!operand) {
      continue;
    }
    if (operand->kind == ValueKind::kBoolean) {
      joined += operand->number != 0 ? "true" : "false";
    } else if (operand->kind == ValueKind::kInteger) {
      joined += std::to_string(operand->number);
    } else {
      joined += operand->text;
    }
  }
  Push(Value::Text(ValueKind::kString, arena_.Keep(joined)));
}

// The conformance tests want an empty text where there is nothing to join.
void PathEvaluator::Join(const Expr& expr, const Focus& focus) {
  const std::size_t begin = stack_.size();
  const std::optional<Value> separator = expr.right == kNoExpr ? std::nullopt : Single(expr.right, focus);
  Evaluate(expr.left, focus);
  std::string joined;
  bool is_first = true;
  for (std::size_t i = begin; i < stack_.size(); ++i) {
    Value scalar;
    if (Read(stack_[i], scalar) != Reading::kScalar || scalar.kind == ValueKind::kBoolean ||
        scalar.kind == ValueKind::kInteger) {
      continue;
    }
    joined += is_first || !separator ? std::string_view{} : separator->text;
    joined += scalar.text;
    is_first = false;
  }
  Cut(begin);
  Push(Value::Text(ValueKind::kString, arena_.Keep(joined)));
}

void PathEvaluator::FindBoundary(const Expr& expr, const Focus& focus) {
  const std::optional<Value> operand = Single(expr.left, focus);
  if (!operand) {
    return;
  }
  const Boundary boundary = expr.op == ExprOp::kLowBoundary ? Boundary::kLow : Boundary::kHigh;
  const bool is_number = operand->kind == ValueKind::kInteger || operand->kind == ValueKind::kDecimal;
  if (is_number) {
    const std::optional<Decimal> number = DecimalOf(*operand);
    PushNumber(number ? number->HalfUnitAway(boundary == Boundary::kLow ? -1 : 1) : std::nullopt, false);
    return;
  }
  const bool is_time = operand->kind == ValueKind::kTime;
  const std::optional<PartialTime> time = is_time ? ParseTimeOfDay(operand->text) : ParseDateTime(operand->text);
  if (!time) {
    Warn();
    return;
  }
  const std::string text = is_time                             ? TimeBoundary(*time, boundary)
                           : operand->kind == ValueKind::kDate ? DateBoundary(*time, boundary)
                                                               : DateTimeBoundary(*time, boundary);
  Push(Value::Text(operand->kind, arena_.Keep(text)));
}

void PathEvaluator::ReferenceKey(const Expr& expr, const Focus& focus) {
  const std::size_t begin = stack_.size();
  Evaluate(expr.left, focus);
  std::size_t kept = begin;
  for (std::size_t i = begin; i < stack_.size(); ++i) {
    Value scalar;
    if (Read(stack_[i], scalar) != Reading::kScalar || scalar.kind != ValueKind::kString) {
      continue;
    }
    const std::string_view key = ReferenceKeyOf(scalar.text, expr.text);
    if (!key.empty()) {
      stack_[kept++] = Value::Text(ValueKind::kString, key);
    }
  }
  Cut(kept);
}

}  // namespace pluginlake::fhir
