// Texts and small whole numbers first: they are nearly all that views compare.
#include "pluginlake/fhir/scalar_compare.h"

#include "pluginlake/fhir/decimal.h"
#include "pluginlake/fhir/partial_time.h"

namespace pluginlake::fhir {

namespace {

template <typename T>
Order OrderOf(const T& left, const T& right) {
  return left < right ? Order::kLess : right < left ? Order::kGreater : Order::kEqual;
}

bool IsNumber(ValueKind kind) { return kind == ValueKind::kInteger || kind == ValueKind::kDecimal; }
bool IsMoment(ValueKind kind) { return kind == ValueKind::kDate || kind == ValueKind::kDateTime; }

std::optional<Decimal> DecimalOf(const Value& value) {
  return value.kind == ValueKind::kInteger ? std::optional(Decimal(value.number)) : Decimal::Parse(value.text);
}

Order CompareNumbers(const Value& left, const Value& right) {
  if (left.kind == ValueKind::kInteger && right.kind == ValueKind::kInteger) {
    return OrderOf(left.number, right.number);
  }
  const std::optional<Decimal> left_number = DecimalOf(left);
  const std::optional<Decimal> right_number = DecimalOf(right);
  if (!left_number || !right_number) {
    return Order::kUnknown;
  }
  return OrderOf(left_number->Compare(*right_number), 0);
}

Order CompareMoments(const std::optional<PartialTime>& left, const std::optional<PartialTime>& right) {
  if (!left || !right) {
    return Order::kIncomparable;
  }
  switch (CompareTimes(*left, *right)) {
    case TimeOrder::kBefore:
      return Order::kLess;
    case TimeOrder::kEqual:
      return Order::kEqual;
    case TimeOrder::kAfter:
      return Order::kGreater;
    case TimeOrder::kUnknown:
      break;
  }
  return Order::kUnknown;
}

}  // namespace

Order CompareScalars(const Value& left, const Value& right) {
  const auto both_fit = [&](auto fits) {
    const bool left_text = left.kind == ValueKind::kString;
    const bool right_text = right.kind == ValueKind::kString;
    return (fits(left.kind) || left_text) && (fits(right.kind) || right_text);
  };
  if (left.kind == ValueKind::kString && right.kind == ValueKind::kString) {
    return OrderOf(left.text, right.text);
  }
  if (IsNumber(left.kind) && IsNumber(right.kind)) {
    return CompareNumbers(left, right);
  }
  if (left.kind == ValueKind::kBoolean && right.kind == ValueKind::kBoolean) {
    return left.number == right.number ? Order::kEqual : Order::kIncomparable;
  }
  if (both_fit(IsMoment)) {
    return CompareMoments(ParseDateTime(left.text), ParseDateTime(right.text));
  }
  if (both_fit([](ValueKind kind) { return kind == ValueKind::kTime; })) {
    return CompareMoments(ParseTimeOfDay(left.text), ParseTimeOfDay(right.text));
  }
  return Order::kIncomparable;
}

Truth EqualScalars(const Value& left, const Value& right) {
  switch (CompareScalars(left, right)) {
    case Order::kEqual:
      return Truth::kTrue;
    case Order::kUnknown:
      return Truth::kEmpty;
    default:
      return Truth::kFalse;
  }
}

}  // namespace pluginlake::fhir
