// Conversions by form; what does not fit is NULL and counted.
#include "pluginlake/fhir/column_cells.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "pluginlake/duck/chunk_writer.h"
#include "pluginlake/fhir/decimal.h"
#include "pluginlake/fhir/json_text.h"
#include "pluginlake/fhir/node_scalar.h"
#include "pluginlake/fhir/partial_time.h"
#include "pluginlake/fhir/reference_key.h"

namespace pluginlake::fhir {

namespace {

constexpr std::size_t kCellsKept = 200'000;  // what a rare giant may leave allocated

Cell IntegerCell(CellKind kind, std::int64_t number) {
  Cell cell;
  cell.kind = kind;
  cell.number = number;
  return cell;
}

Cell RealCell(double real) {
  Cell cell;
  cell.kind = CellKind::kDouble;
  cell.real = real;
  return cell;
}

bool IsNumber(ValueKind kind) { return kind == ValueKind::kInteger || kind == ValueKind::kDecimal; }

std::optional<Decimal> NumberOf(const Value& scalar) {
  return scalar.kind == ValueKind::kInteger ? std::optional(Decimal(scalar.number)) : Decimal::Parse(scalar.text);
}

std::int64_t PowerOfTen(int exponent) {
  std::int64_t power = 1;
  for (int i = 0; i < exponent; ++i) {
    power *= 10;
  }
  return power;
}

}  // namespace

void CellMaker::Clear() {
  ++resource_;
  nested_.clear();
  if (nested_.capacity() > kCellsKept) {
    nested_.shrink_to_fit();
  }
}

Cell CellMaker::Unexpected() {
  evaluator_.Warn();
  return {};
}

bool CellMaker::HasValue(const Value& value) const {
  return value.kind != ValueKind::kNode || items_.Node(value.place, value.item) != nullptr;
}

Cell CellMaker::KeyCell(const TapeNode& reference, const RootColumn& column) {
  if (column.key >= keys_.size()) {
    keys_.resize(column.key + 1);
  }
  Key& made = keys_[column.key];
  if (made.resource != resource_) {
    const std::string_view key = ReferenceKeyOf(reference.text(), column.key_type);
    made = {.resource = resource_, .cell = key.empty() ? Cell{} : Cell::Text(key)};
  }
  return made.cell;
}

Cell CellMaker::Convert(const Expr& path, const ColumnPlan& plan, const Focus& focus) {
  if (path.chain && !path.chain->steps.empty()) {
    return MakeFromRange(plan, path.chain->place, evaluator_.RangeOf(*path.chain, focus));
  }
  const std::size_t begin = evaluator_.stack().size();
  evaluator_.Evaluate(plan.path, focus);
  const Cell cell = MakeFromStack(plan, begin);
  evaluator_.Cut(begin);
  return cell;
}

// An element may be there without a value, with extensions only: it does not count.
Cell CellMaker::MakeFromRange(const ColumnPlan& plan, PlaceId place, ItemRange range) {
  std::uint32_t count = 0;
  std::uint32_t last = range.begin;
  for (std::uint32_t item = range.begin; item < range.end; ++item) {
    const bool has_value = items_.Node(place, item) != nullptr;
    count += has_value ? 1 : 0;
    last = has_value ? item : last;
  }
  if (!plan.collection) {
    return count == 0 ? Cell{} : count == 1 ? Convert(Value::Node(place, last), plan.form) : SeveralValues();
  }
  const Cell list = Nest(CellKind::kList, count);
  std::uint32_t element = list.first;
  for (std::uint32_t item = range.begin; item < range.end; ++item) {
    if (items_.Node(place, item) != nullptr) {
      const Cell cell = Convert(Value::Node(place, item), plan.form);
      nested_[element++] = cell;
    }
  }
  return list;
}

Cell CellMaker::MakeFromStack(const ColumnPlan& plan, std::size_t begin) {
  const std::size_t end = evaluator_.stack().size();
  std::uint32_t count = 0;
  std::size_t last = begin;
  for (std::size_t i = begin; i < end; ++i) {
    const bool has_value = HasValue(evaluator_.stack()[i]);
    count += has_value ? 1 : 0;
    last = has_value ? i : last;
  }
  if (!plan.collection) {
    return count == 0 ? Cell{} : count == 1 ? Convert(Value(evaluator_.stack()[last]), plan.form) : SeveralValues();
  }
  const Cell list = Nest(CellKind::kList, count);
  std::uint32_t element = list.first;
  for (std::size_t i = begin; i < end; ++i) {
    const Value value = evaluator_.stack()[i];
    if (HasValue(value)) {
      const Cell cell = Convert(value, plan.form);
      nested_[element++] = cell;
    }
  }
  return list;
}

Cell CellMaker::SeveralValues() {
  evaluator_.Fail(EvaluationFault::kSeveralValues);
  return {};
}

// Makes room for `count` nested cells that follow each other; what is nested in them comes behind.
Cell CellMaker::Nest(CellKind kind, std::uint32_t count) {
  Cell cell;
  cell.kind = kind;
  cell.first = static_cast<std::uint32_t>(nested_.size());
  cell.count = count;
  nested_.resize(nested_.size() + count);
  return cell;
}

Cell CellMaker::Convert(const Value& value, const ValueForm& form) {
  if (form.kind == FormKind::kStruct) {
    return Struct(value, form);
  }
  if (form.kind == FormKind::kJson) {
    return Json(value);
  }
  Value scalar;
  switch (evaluator_.Read(value, scalar)) {
    case Reading::kScalar:
      return ConvertScalar(scalar, form);
    case Reading::kComplex:
      return form.kind == FormKind::kText && !form.bare_number ? Json(value) : Unexpected();
    default:
      return {};  // Read has counted what is of an unexpected type
  }
}

Cell CellMaker::ConvertScalar(const Value& scalar, const ValueForm& form) {
  switch (form.kind) {
    case FormKind::kText:
      return ConvertText(scalar, form);
    case FormKind::kBoolean:
      return scalar.kind == ValueKind::kBoolean ? IntegerCell(CellKind::kBoolean, scalar.number) : Unexpected();
    case FormKind::kDate:
    case FormKind::kTimestamp:
      return ConvertMoment(scalar, form);
    default:
      return ConvertNumber(scalar, form);
  }
}

Cell CellMaker::ConvertText(const Value& scalar, const ValueForm& form) {
  if (form.bare_number && !IsNumber(scalar.kind)) {
    return Unexpected();
  }
  if (scalar.kind == ValueKind::kBoolean) {
    return Cell::Text(scalar.number != 0 ? "true" : "false");
  }
  if (scalar.kind == ValueKind::kInteger) {
    return Cell::Text(evaluator_.arena().Keep(std::to_string(scalar.number)));
  }
  return Cell::Text(scalar.text);
}

Cell CellMaker::ConvertNumber(const Value& scalar, const ValueForm& form) {
  std::int64_t whole = 0;
  if (scalar.kind == ValueKind::kString && form.kind == FormKind::kBigint && ReadInteger(scalar.text, whole)) {
    return IntegerCell(CellKind::kInteger, whole);  // integer64 is a text in JSON
  }
  if (!IsNumber(scalar.kind)) {
    return Unexpected();
  }
  return form.kind == FormKind::kDouble ? ConvertReal(scalar) : ConvertExact(scalar, form);
}

Cell CellMaker::ConvertReal(const Value& scalar) {
  if (scalar.kind == ValueKind::kInteger) {
    return RealCell(static_cast<double>(scalar.number));
  }
  double real = 0;
  const char* begin = scalar.text.data();
  const bool is_read = std::from_chars(begin, begin + scalar.text.size(), real).ec == std::errc{};
  return is_read ? RealCell(real) : Unexpected();
}

Cell CellMaker::ConvertExact(const Value& scalar, const ValueForm& form) {
  const std::optional<Decimal> number = NumberOf(scalar);
  const bool is_decimal = form.kind == FormKind::kDecimal;
  std::optional<std::int64_t> units;
  if (number) {
    units = is_decimal ? number->UnitsAt(form.scale) : number->ToInt64();
  }
  std::int64_t limit = std::numeric_limits<std::int64_t>::max();
  if (form.kind == FormKind::kInteger) {
    limit = std::numeric_limits<std::int32_t>::max();
  } else if (is_decimal) {
    limit = PowerOfTen(form.width) - 1;
  }
  const std::int64_t least = is_decimal ? -limit : -limit - 1;
  const bool fits = units && *units <= limit && *units >= least;
  return fits ? IntegerCell(CellKind::kInteger, *units) : Unexpected();
}

Cell CellMaker::ConvertMoment(const Value& scalar, const ValueForm& form) {
  const bool is_text = !IsNumber(scalar.kind) && scalar.kind != ValueKind::kBoolean;
  const std::optional<PartialTime> moment = is_text ? ParseDateTime(scalar.text) : std::nullopt;
  if (!moment) {
    return Unexpected();
  }
  if (form.kind == FormKind::kDate) {
    const std::optional<std::int32_t> days = DaysOf(*moment);
    return days ? IntegerCell(CellKind::kInteger, *days) : Unexpected();
  }
  const std::optional<std::int64_t> micros = MicrosecondsOf(*moment);
  return micros ? IntegerCell(CellKind::kInteger, *micros) : Unexpected();
}

Cell CellMaker::Struct(const Value& value, const ValueForm& form) {
  const TapeNode* node = value.kind == ValueKind::kNode ? items_.Node(value.place, value.item) : nullptr;
  if (node == nullptr) {
    return {};
  }
  if (node->kind != TapeKind::kObject) {
    return Unexpected();
  }
  const Cell fields = Nest(CellKind::kStruct, static_cast<std::uint32_t>(form.fields.size()));
  std::uint32_t next = fields.first;
  for (const FieldForm& field : form.fields) {
    const Cell cell = ConvertField(value, field);
    nested_[next++] = cell;
  }
  return fields;
}

Cell CellMaker::ConvertField(const Value& value, const FieldForm& field) {
  const auto step = std::ranges::find(field.steps, value.place, &std::pair<PlaceId, EdgeId>::first);
  if (step == field.steps.end()) {
    return {};
  }
  const ItemRange range = items_.Below(step->second, value.item);
  const PlaceId target = items_.TargetOf(step->second);
  if (field.is_list) {
    const Cell list = Nest(CellKind::kList, range.size());
    for (std::uint32_t i = 0; i < range.size(); ++i) {
      const Cell cell = Convert(Value::Node(target, range.begin + i), field.form);
      nested_[list.first + i] = cell;
    }
    return list;
  }
  if (range.size() != 1) {
    return range.size() == 0 ? Cell{} : Unexpected();
  }
  const TapeNode* node = items_.Node(target, range.begin);
  const bool is_direct = node != nullptr && node->kind == field.direct;
  return is_direct ? Cell::Text(node->text()) : Convert(Value::Node(target, range.begin), field.form);
}

Cell CellMaker::Json(const Value& value) {
  std::string json;
  if (value.kind == ValueKind::kNode) {
    const TapeNode* node = items_.Node(value.place, value.item);
    if (node == nullptr) {
      return {};
    }
    AppendJson(items_.tape(), *node, json);
  } else if (value.kind == ValueKind::kBoolean) {
    json = value.number != 0 ? "true" : "false";
  } else if (value.kind == ValueKind::kInteger) {
    json = std::to_string(value.number);
  } else if (value.kind == ValueKind::kDecimal) {
    json = value.text;
  } else {
    AppendQuoted(value.text, json);
  }
  return Cell::Text(evaluator_.arena().Keep(json));
}

void CellMaker::Write(const Cell& cell, duck::ChunkWriter& writer, std::uint64_t column, std::uint64_t row) const {
  switch (cell.kind) {
    case CellKind::kNull:
      writer.SetNull(column, row);
      break;
    case CellKind::kBoolean:
      writer.SetBool(column, row, cell.number != 0);
      break;
    case CellKind::kInteger:
      writer.SetInt64(column, row, cell.number);
      break;
    case CellKind::kDouble:
      writer.SetDouble(column, row, cell.real);
      break;
    case CellKind::kText:
      writer.SetText(column, row, cell.text());
      break;
    case CellKind::kList: {
      const std::uint64_t first = writer.AppendList(column, row, cell.count);
      for (std::uint32_t i = 0; i < cell.count; ++i) {
        Write(nested_[cell.first + i], writer.Nested(column), 0, first + i);
      }
      break;
    }
    case CellKind::kStruct:
      for (std::uint32_t i = 0; i < cell.count; ++i) {
        Write(nested_[cell.first + i], writer.Nested(column), i, row);
      }
      break;
  }
}

}  // namespace pluginlake::fhir
