// The JSON side of FHIR's primitive types.
#include "pluginlake/fhir/node_scalar.h"

#include <charconv>
#include <optional>

#include "pluginlake/fhir/decimal.h"
#include "pluginlake/fhir/json_text.h"

namespace pluginlake::fhir {

namespace {

Reading TextScalar(const TapeNode& node, ValueKind kind, Value& scalar) {
  if (node.kind != TapeKind::kString) {
    return Reading::kUnexpected;
  }
  scalar = Value::Text(kind, node.text());
  return Reading::kScalar;
}

Reading NumberScalar(const TapeNode& node, bool only_whole, Value& scalar) {
  if (node.kind != TapeKind::kNumber) {
    return Reading::kUnexpected;
  }
  std::int64_t number = 0;
  if (only_whole) {
    scalar = ReadInteger(node.text(), number) ? Value::Integer(number) : scalar;
    return scalar.kind == ValueKind::kInteger ? Reading::kScalar : Reading::kUnexpected;
  }
  scalar = Value::Text(ValueKind::kDecimal, node.text());
  return Reading::kScalar;
}

Reading BooleanScalar(const TapeNode& node, Value& scalar) {
  if (node.kind != TapeKind::kTrue && node.kind != TapeKind::kFalse) {
    return Reading::kUnexpected;
  }
  scalar = Value::Boolean(node.kind == TapeKind::kTrue);
  return Reading::kScalar;
}

// By the JSON alone.
Reading AnyScalar(const TapeNode& node, Value& scalar) {
  switch (node.kind) {
    case TapeKind::kString:
      return TextScalar(node, ValueKind::kString, scalar);
    case TapeKind::kNumber:
      return NumberScalar(node, node.text().find_first_of(".eE") == std::string_view::npos, scalar) == Reading::kScalar
                 ? Reading::kScalar
                 : NumberScalar(node, false, scalar);
    case TapeKind::kTrue:
    case TapeKind::kFalse:
      return BooleanScalar(node, scalar);
    case TapeKind::kNull:
      return Reading::kNone;
    default:
      return Reading::kComplex;
  }
}

bool EqualNumbers(std::string_view left, std::string_view right) {
  const std::optional<Decimal> left_number = Decimal::Parse(left);
  const std::optional<Decimal> right_number = Decimal::Parse(right);
  return left_number && right_number ? left_number->Compare(*right_number) == 0 : left == right;
}

bool EqualArrays(const JsonTape& tape, const TapeNode& left, const TapeNode& right) {
  std::uint32_t left_at = tape.IndexOf(left) + 1;
  std::uint32_t right_at = tape.IndexOf(right) + 1;
  while (left_at < left.next && right_at < right.next) {
    if (!DeepEqual(tape, tape.nodes()[left_at], tape.nodes()[right_at])) {
      return false;
    }
    left_at = tape.nodes()[left_at].next;
    right_at = tape.nodes()[right_at].next;
  }
  return left_at == left.next && right_at == right.next;
}

bool EqualObjects(const JsonTape& tape, const TapeNode& left, const TapeNode& right) {
  std::size_t members = 0;
  for (std::uint32_t at = tape.IndexOf(left) + 1; at < left.next; at = tape.nodes()[at].next) {
    const TapeNode* other = tape.Find(tape.IndexOf(right), tape.nodes()[at].name());
    if (other == nullptr || !DeepEqual(tape, tape.nodes()[at], *other)) {
      return false;
    }
    ++members;
  }
  for (std::uint32_t at = tape.IndexOf(right) + 1; at < right.next; at = tape.nodes()[at].next) {
    if (members-- == 0) {
      return false;
    }
  }
  return members == 0;
}

// Appends a string: as it stands in the document where nothing was undone, else escaped anew.
void AppendString(std::string_view content, bool needs_quoting, std::string& json) {
  if (needs_quoting) {
    AppendQuoted(content, json);
    return;
  }
  json += '"';
  json += content;
  json += '"';
}

}  // namespace

bool ReadInteger(std::string_view text, std::int64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

Reading ReadScalar(const TapeNode* node, TypeKind kind, Value& scalar) {
  if (node == nullptr) {
    return Reading::kNone;
  }
  switch (kind) {
    case TypeKind::kBoolean:
      return BooleanScalar(*node, scalar);
    case TypeKind::kInteger:
      return NumberScalar(*node, true, scalar);
    case TypeKind::kDecimal:
      return NumberScalar(*node, false, scalar);
    case TypeKind::kString:
      return TextScalar(*node, ValueKind::kString, scalar);
    case TypeKind::kDate:
      return TextScalar(*node, ValueKind::kDate, scalar);
    case TypeKind::kDateTime:
      return TextScalar(*node, ValueKind::kDateTime, scalar);
    case TypeKind::kTime:
      return TextScalar(*node, ValueKind::kTime, scalar);
    case TypeKind::kComplex:
      return node->kind == TapeKind::kObject ? Reading::kComplex : Reading::kUnexpected;
    case TypeKind::kUnknown:
      break;
  }
  return AnyScalar(*node, scalar);
}

bool DeepEqual(const JsonTape& tape, const TapeNode& left, const TapeNode& right) {
  if (left.kind != right.kind) {
    return false;
  }
  switch (left.kind) {
    case TapeKind::kString:
      return left.text() == right.text();
    case TapeKind::kNumber:
      return EqualNumbers(left.text(), right.text());
    case TapeKind::kArray:
      return EqualArrays(tape, left, right);
    case TapeKind::kObject:
      return EqualObjects(tape, left, right);
    default:
      return true;
  }
}

void AppendJson(const JsonTape& tape, const TapeNode& node, std::string& json) {
  if (node.kind == TapeKind::kString) {
    AppendString(node.text(), node.text_needs_quoting, json);
    return;
  }
  if (node.kind != TapeKind::kArray && node.kind != TapeKind::kObject) {
    json += node.text();
    return;
  }
  const bool is_object = node.kind == TapeKind::kObject;
  const std::uint32_t first = tape.IndexOf(node) + 1;
  json += is_object ? '{' : '[';
  for (std::uint32_t at = first; at < node.next; at = tape.nodes()[at].next) {
    const TapeNode& child = tape.nodes()[at];
    json += at == first ? "" : ",";
    if (is_object) {
      AppendString(child.name(), child.name_needs_quoting, json);
      json += ':';
    }
    AppendJson(tape, child, json);
  }
  json += is_object ? '}' : ']';
}

}  // namespace pluginlake::fhir
