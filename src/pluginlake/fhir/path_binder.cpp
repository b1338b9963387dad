// Binds names, operators and literals; functions are bound in function_binder.cpp.
#include "pluginlake/fhir/path_binder.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/core/nearest_name.h"
#include "pluginlake/fhir/decimal.h"
#include "pluginlake/fhir/partial_time.h"
#include "pluginlake/fhir/shape_rules.h"

namespace pluginlake::fhir {

namespace {

ValueKind KindOfLiteral(LiteralKind kind) {
  switch (kind) {
    case LiteralKind::kBoolean:
      return ValueKind::kBoolean;
    case LiteralKind::kInteger:
      return ValueKind::kInteger;
    case LiteralKind::kDecimal:
      return ValueKind::kDecimal;
    case LiteralKind::kDate:
      return ValueKind::kDate;
    case LiteralKind::kDateTime:
      return ValueKind::kDateTime;
    case LiteralKind::kTime:
      return ValueKind::kTime;
    case LiteralKind::kString:
      break;
  }
  return ValueKind::kString;
}

// Returns the JSON name of a choice: value + Quantity.
std::string ChoiceName(std::string_view element, std::string_view type) {
  std::string name(element);
  name += type;
  char& first = name[element.size()];
  first = first >= 'a' && first <= 'z' ? static_cast<char>(first - 'a' + 'A') : first;
  return name;
}

// The operators stand in the same order in both.
ExprOp ExprOpOf(PathOp op) {
  static_assert(static_cast<int>(PathOp::kImplies) - static_cast<int>(PathOp::kNegate) ==
                static_cast<int>(ExprOp::kImplies) - static_cast<int>(ExprOp::kNegate));
  return static_cast<ExprOp>(static_cast<int>(op) - static_cast<int>(PathOp::kNegate) +
                             static_cast<int>(ExprOp::kNegate));
}

bool IsTruthy(ShapeKind kind) {
  return kind == ShapeKind::kBoolean || kind == ShapeKind::kAny || kind == ShapeKind::kNothing;
}

}  // namespace

BoundPath PathBinder::Bind(const PathNode& path, std::string_view text, std::string_view place, const Shape& focus) {
  text_ = text;
  place_ = place;
  notes_ = {};
  BoundPath bound = BindNode(path, focus);
  Consume(bound.shape);
  return bound;
}

void PathBinder::Refuse(const PathNode& node, const std::string& reason) const {
  throw core::Error(core::ErrorKind::kInvalidInput, "PL-0706",
                    fmt::format("{}: {}, at character {} of `{}`", place_, reason, node.offset + 1, text_),
                    "Mend the expression; docs/reference/views.md says what each part of it takes.");
}

ExprId PathBinder::Add(Expr expr) {
  program_.exprs.push_back(std::move(expr));
  return static_cast<ExprId>(program_.exprs.size() - 1);
}

BoundPath PathBinder::AddComputed(Expr expr, ValueKind kind) {
  return {Add(std::move(expr)), {.places = {}, .computed = kind}};
}

// Adds a kStep; its shape is where its edges lead, and what it keeps.
BoundPath PathBinder::AddWalk(Expr expr) {
  Shape shape{.places = expr.kept, .computed = {}};
  for (const Step& step : expr.steps) {
    const PlaceId target = tree_.edge(step.edge).target;
    if (std::ranges::find(shape.places, target) == shape.places.end()) {
      shape.places.push_back(target);
    }
  }
  return {Add(std::move(expr)), std::move(shape)};
}

std::string_view PathBinder::Keep(std::string text) {
  return *program_.texts.emplace_back(std::make_unique<const std::string>(std::move(text)));
}

// Notes that values of `shape` decide the result.
void PathBinder::Consume(const Shape& shape) {
  for (const PlaceId place : shape.places) {
    const std::string& path = tree_.place(place).path;
    if (std::ranges::find(notes_.element_paths, path) == notes_.element_paths.end()) {
      notes_.element_paths.push_back(path);
    }
  }
}

void PathBinder::Warn(std::string warning) { notes_.warnings.push_back(fmt::format("{}: {}", place_, warning)); }

BoundPath PathBinder::BindNode(const PathNode& node, const Shape& focus) {
  switch (node.op) {
    case PathOp::kThis:
      return {Add({.op = ExprOp::kFocus}), focus};
    case PathOp::kNothing:
      return {Add({.op = ExprOp::kNothing}), {}};
    case PathOp::kLiteral:
      return BindConstant(node.literal, node.text);
    case PathOp::kVariable:
      return BindVariable(node);
    case PathOp::kMember:
      return BindMember(node, focus, {});
    case PathOp::kFunction:
      return BindFunction(node, focus);
    case PathOp::kIndex:
      return BindIndex(node, focus);
    default:
      return BindOperator(node, focus);
  }
}

// The operators stand in groups, in the order of PathOp.
BoundPath PathBinder::BindOperator(const PathNode& node, const Shape& focus) {
  if (node.op >= PathOp::kAnd) {
    return BindLogic(node, focus);
  }
  if (node.op >= PathOp::kLess) {
    return BindComparison(node, focus);
  }
  return node.op == PathOp::kConcatenate ? BindConcatenation(node, focus) : BindArithmetic(node, focus);
}

BoundPath PathBinder::BindConstant(LiteralKind kind, std::string text) {
  Expr expr{.op = ExprOp::kConstant};
  const ValueKind value_kind = KindOfLiteral(kind);
  const bool is_moment = kind == LiteralKind::kDate || kind == LiteralKind::kDateTime;
  if ((is_moment && !ParseDateTime(text)) || (kind == LiteralKind::kTime && !ParseTimeOfDay(text))) {
    Refuse({}, fmt::format("there is no such date or time: {}", text));
  }
  if (kind == LiteralKind::kBoolean) {
    expr.constant = Value::Boolean(text == "true");
  } else if (kind == LiteralKind::kInteger) {
    const std::optional<Decimal> number = Decimal::Parse(text);
    const std::optional<std::int64_t> whole = number ? number->ToInt64() : std::nullopt;
    if (!whole) {
      Refuse({}, fmt::format("a whole number is too large: {}", text));
    }
    expr.constant = Value::Integer(*whole);
  } else {
    if (kind == LiteralKind::kDecimal && !Decimal::Parse(text)) {
      Refuse({}, fmt::format("a number has too many digits: {}", text));
    }
    expr.constant = Value::Text(value_kind, Keep(std::move(text)));
  }
  return AddComputed(std::move(expr), value_kind);
}

BoundPath PathBinder::BindVariable(const PathNode& node) {
  if (const auto found = constants_.find(node.text); found != constants_.end()) {
    return BindConstant(found->second.kind, found->second.text);
  }
  if (node.text == "rowIndex") {
    return AddComputed({.op = ExprOp::kRowIndex}, ValueKind::kInteger);
  }
  if (node.text == "resource") {
    return {Add({.op = ExprOp::kRoot}), {.places = {PlaceTree::kRoot}, .computed = {}}};
  }
  std::vector<std::string> names{"rowIndex", "resource"};
  for (const auto& [name, value] : constants_) {
    names.push_back(name);
  }
  const std::string nearest = core::NearestName(node.text, names).value_or("");
  throw core::Error(
      core::ErrorKind::kInvalidInput, "PL-0705",
      fmt::format("{}: the view has no constant %{}{}", place_, node.text,
                  nearest.empty() ? "" : fmt::format(" (perhaps %{} is meant)", nearest)),
      "Give the view the constant, for example {\"name\": \"loinc\", \"valueUri\": \"http://loinc.org\"}.");
}

// FHIRPath lets an expression start with the name of the type it is asked of: Patient.name.
bool PathBinder::NamesOwnType(const PathNode& node, const Shape& input) const {
  return node.operands.front().op == PathOp::kThis && input.places.size() == 1 &&
         tree_.place(input.places.front()).type == node.text && !FindElement(node.text, node.text);
}

BoundPath PathBinder::BindMember(const PathNode& node, const Shape& focus, std::string_view only_type) {
  BoundPath input = BindNode(node.operands.front(), focus);
  if (NamesOwnType(node, input.shape)) {
    return input;
  }
  if (input.shape.computed) {
    Refuse(node, fmt::format("a computed value has no element {}", node.text));
  }
  Expr expr{.op = ExprOp::kStep, .left = input.expr};
  for (const PlaceId place : input.shape.places) {
    AddSteps(place, node, only_type, expr);
  }
  return AddWalk(std::move(expr));
}

void PathBinder::AddSteps(PlaceId source, const PathNode& node, std::string_view only_type, Expr& expr) {
  const std::string type = tree_.place(source).type;
  const std::optional<ModelElement> element = FindElement(type, node.text);
  if (!element) {
    if (tree_.place(source).kind != TypeKind::kUnknown && type != "Resource") {
      Warn(fmt::format("FHIR R4 has no element {} in {}: it is read as it stands in the JSON", node.text, type));
    }
    AddUnknownSteps(source, node, only_type, expr);
    return;
  }
  if (element->is_choice && !only_type.empty() && !IsModelType(only_type)) {
    AddUnknownSteps(source, node, only_type, expr);
    return;
  }
  if (element->is_choice) {
    AddChoiceSteps(source, *element, only_type, expr);
    return;
  }
  const std::string suffix = "." + node.text;
  expr.steps.push_back(
      {source, tree_.Member(source, {.json_name = node.text, .type = element->types, .path_suffix = suffix})});
}

void PathBinder::AddChoiceSteps(PlaceId source, const ModelElement& element, std::string_view only_type, Expr& expr) {
  bool found = false;
  for (const std::string_view type : SplitTypes(element.types)) {
    if (!only_type.empty() && !IsKindOf(type, only_type)) {
      continue;
    }
    const std::string json_name = ChoiceName(element.name, type);
    const std::string suffix = fmt::format(".{}.ofType({})", element.name, type);
    expr.steps.push_back({source, tree_.Member(source, {.json_name = json_name, .type = type, .path_suffix = suffix})});
    found = true;
  }
  if (!found) {
    Warn(fmt::format("{}.{} is never {}", tree_.place(source).path, element.name, only_type));
  }
}

// What the model does not know: a type asked for may be part of the JSON name, as in a choice, or not.
void PathBinder::AddUnknownSteps(PlaceId source, const PathNode& node, std::string_view only_type, Expr& expr) {
  const std::string suffix = "." + node.text;
  expr.steps.push_back({source, tree_.Member(source, {.json_name = node.text, .type = {}, .path_suffix = suffix})});
  if (!only_type.empty()) {
    const std::string json_name = ChoiceName(node.text, only_type);
    const std::string choice_suffix = fmt::format("{}.ofType({})", suffix, only_type);
    expr.steps.push_back(
        {source, tree_.Member(source, {.json_name = json_name, .type = only_type, .path_suffix = choice_suffix})});
  }
}

BoundPath PathBinder::BindIndex(const PathNode& node, const Shape& focus) {
  BoundPath input = BindNode(node.operands[0], focus);
  const BoundPath index = BindNode(node.operands[1], focus);
  Consume(index.shape);
  const ShapeKind kind = KindOfShape(tree_, index.shape);
  if (kind != ShapeKind::kNumber && kind != ShapeKind::kAny && kind != ShapeKind::kNothing) {
    Refuse(node, fmt::format("an index is a whole number, not {}", NameOf(kind)));
  }
  input.expr = Add({.op = ExprOp::kIndex, .left = input.expr, .right = index.expr});
  return input;
}

// Binds the operands and returns their shapes.
std::vector<Shape> PathBinder::BindOperands(const PathNode& node, const Shape& focus, Expr& expr) {
  std::vector<Shape> shapes;
  for (const PathNode& operand : node.operands) {
    BoundPath bound = BindNode(operand, focus);
    Consume(bound.shape);
    (expr.left == kNoExpr ? expr.left : expr.right) = bound.expr;
    shapes.push_back(std::move(bound.shape));
  }
  return shapes;
}

BoundPath PathBinder::BindConcatenation(const PathNode& node, const Shape& focus) {
  Expr expr{.op = ExprOpOf(node.op)};
  BindOperands(node, focus, expr);
  return AddComputed(std::move(expr), ValueKind::kString);
}

BoundPath PathBinder::BindArithmetic(const PathNode& node, const Shape& focus) {
  Expr expr{.op = ExprOpOf(node.op)};
  const std::vector<Shape> shapes = BindOperands(node, focus, expr);
  const auto all_are = [&](auto fits) { return std::ranges::all_of(shapes, fits); };
  const auto is_or_may_be = [this](ShapeKind wanted) {
    return [this, wanted](const Shape& shape) {
      const ShapeKind kind = KindOfShape(tree_, shape);
      return kind == wanted || kind == ShapeKind::kAny || kind == ShapeKind::kNothing;
    };
  };
  const auto is_text = [this](const Shape& shape) { return KindOfShape(tree_, shape) == ShapeKind::kText; };
  if (node.op == PathOp::kAdd && std::ranges::any_of(shapes, is_text) && all_are(is_or_may_be(ShapeKind::kText))) {
    return AddComputed(std::move(expr), ValueKind::kString);
  }
  if (!all_are(is_or_may_be(ShapeKind::kNumber))) {
    Refuse(node, "arithmetic takes numbers, and + also two texts");
  }
  const bool integers = node.op != PathOp::kDivide && all_are([this](const Shape& shape) {
                          return KindOf(FhirTypeOf(tree_, shape)) == TypeKind::kInteger;
                        });
  const bool whole = integers || node.op == PathOp::kIntegerDivide;
  return AddComputed(std::move(expr), whole ? ValueKind::kInteger : ValueKind::kDecimal);
}

BoundPath PathBinder::BindComparison(const PathNode& node, const Shape& focus) {
  Expr expr{.op = ExprOpOf(node.op)};
  const std::vector<Shape> shapes = BindOperands(node, focus, expr);
  const ShapeKind left_kind = KindOfShape(tree_, shapes[0]);
  const ShapeKind right_kind = KindOfShape(tree_, shapes[1]);
  const bool is_order = node.op != PathOp::kEqual && node.op != PathOp::kNotEqual;
  const auto may_be_complex = [](ShapeKind kind) { return kind == ShapeKind::kComplex || kind == ShapeKind::kAny; };
  program_.needs_tape = program_.needs_tape || may_be_complex(left_kind) || may_be_complex(right_kind);
  const auto has_order = [](ShapeKind kind) { return kind != ShapeKind::kBoolean && kind != ShapeKind::kComplex; };
  if (is_order && (!has_order(left_kind) || !has_order(right_kind) || !AreComparable(left_kind, right_kind))) {
    Refuse(node, fmt::format("{} and {} have no order", NameOf(left_kind), NameOf(right_kind)));
  }
  if (!is_order && !AreComparable(left_kind, right_kind)) {
    Warn(fmt::format("{} never equals {}", NameOf(left_kind), NameOf(right_kind)));
  }
  return AddComputed(std::move(expr), ValueKind::kBoolean);
}

BoundPath PathBinder::BindLogic(const PathNode& node, const Shape& focus) {
  Expr expr{.op = ExprOpOf(node.op)};
  for (const Shape& shape : BindOperands(node, focus, expr)) {
    // FHIRPath takes a single value that is no boolean as true: more often a slip than meant.
    if (!IsTruthy(KindOfShape(tree_, shape))) {
      Warn(fmt::format("{} counts as true where it is there", NameOf(KindOfShape(tree_, shape))));
    }
  }
  return AddComputed(std::move(expr), ValueKind::kBoolean);
}

}  // namespace pluginlake::fhir
