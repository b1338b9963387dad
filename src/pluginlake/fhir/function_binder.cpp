// Binds the functions that views may use.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "pluginlake/core/nearest_name.h"
#include "pluginlake/fhir/fhirpath_token.h"
#include "pluginlake/fhir/path_binder.h"
#include "pluginlake/fhir/resource_types.h"
#include "pluginlake/fhir/shape_rules.h"

namespace pluginlake::fhir {

BoundPath PathBinder::BindFunction(const PathNode& node, const Shape& focus) {
  struct Function {
    std::string_view name;
    std::size_t arguments_min, arguments_max;
    BoundPath (PathBinder::*bind)(const PathNode&, const Shape&);
  };
  constexpr std::array kFunctions = {
      Function{"where", 1, 1, &PathBinder::BindWhere},
      Function{"exists", 0, 1, &PathBinder::BindExists},
      Function{"empty", 0, 0, &PathBinder::BindEmpty},
      Function{"first", 0, 0, &PathBinder::BindFirst},
      Function{"not", 0, 0, &PathBinder::BindNot},
      Function{"extension", 1, 1, &PathBinder::BindExtension},
      Function{"ofType", 1, 1, &PathBinder::BindOfType},
      Function{"join", 0, 1, &PathBinder::BindJoin},
      Function{"lowBoundary", 0, 0, &PathBinder::BindBoundary},
      Function{"highBoundary", 0, 0, &PathBinder::BindBoundary},
      Function{"getResourceKey", 0, 0, &PathBinder::BindResourceKey},
      Function{"getReferenceKey", 0, 1, &PathBinder::BindReferenceKey},
  };
  const auto found = std::ranges::find(kFunctions, node.text, &Function::name);
  if (found == kFunctions.end()) {
    std::vector<std::string> names;
    for (const Function& function : kFunctions) {
      names.emplace_back(function.name);
    }
    const std::string nearest = core::NearestName(node.text, names).value_or("");
    ThrowUnsupported({.text = text_, .place = place_}, node.offset,
                     fmt::format("the function {}(){}", node.text,
                                 nearest.empty() ? "" : fmt::format(" (perhaps {}() is meant)", nearest)));
  }
  const std::size_t arguments = node.operands.size() - 1;
  if (arguments < found->arguments_min || arguments > found->arguments_max) {
    Refuse(node, fmt::format("{}() takes {} argument{}, not {}", node.text,
                             arguments < found->arguments_min ? found->arguments_min : found->arguments_max,
                             found->arguments_max == 1 ? "" : "s", arguments));
  }
  return (this->*found->bind)(node, focus);
}

BoundPath PathBinder::BindInput(const PathNode& node, const Shape& focus) {
  return BindNode(node.operands.front(), focus);
}

BoundPath PathBinder::BindWhere(const PathNode& node, const Shape& focus) {
  BoundPath input = BindInput(node, focus);
  const BoundPath criteria = BindNode(node.operands[1], input.shape);
  Consume(criteria.shape);
  const ShapeKind kind = KindOfShape(tree_, criteria.shape);
  if (kind != ShapeKind::kBoolean && kind != ShapeKind::kAny && kind != ShapeKind::kNothing) {
    Warn(fmt::format("{} in {}() counts as true where it is there", NameOf(kind), node.text));
  }
  input.expr = Add({.op = ExprOp::kFilter, .left = input.expr, .right = criteria.expr});
  return input;
}

BoundPath PathBinder::BindExists(const PathNode& node, const Shape& focus) {
  const BoundPath input = node.operands.size() > 1 ? BindWhere(node, focus) : BindInput(node, focus);
  Consume(input.shape);
  return AddComputed({.op = ExprOp::kExists, .left = input.expr}, ValueKind::kBoolean);
}

BoundPath PathBinder::BindEmpty(const PathNode& node, const Shape& focus) {
  const BoundPath input = BindInput(node, focus);
  Consume(input.shape);
  return AddComputed({.op = ExprOp::kEmpty, .left = input.expr}, ValueKind::kBoolean);
}

BoundPath PathBinder::BindFirst(const PathNode& node, const Shape& focus) {
  BoundPath input = BindInput(node, focus);
  input.expr = Add({.op = ExprOp::kFirst, .left = input.expr});
  return input;
}

BoundPath PathBinder::BindNot(const PathNode& node, const Shape& focus) {
  const BoundPath input = BindInput(node, focus);
  Consume(input.shape);
  return AddComputed({.op = ExprOp::kNot, .left = input.expr}, ValueKind::kBoolean);
}

// extension('url') is extension.where(url = 'url').
BoundPath PathBinder::BindExtension(const PathNode& node, const Shape& focus) {
  PathNode extension{.op = PathOp::kMember, .offset = node.offset, .text = "extension", .operands = {}};
  extension.operands.push_back(node.operands[0]);
  PathNode url{.op = PathOp::kMember, .offset = node.offset, .text = "url", .operands = {}};
  url.operands.push_back({.op = PathOp::kThis, .offset = node.offset, .text = {}, .operands = {}});
  BoundPath input = BindMember(extension, focus, {});
  const BoundPath url_bound = BindMember(url, input.shape, {});
  const BoundPath wanted = BindNode(node.operands[1], focus);
  const ShapeKind kind = KindOfShape(tree_, wanted.shape);
  if (kind != ShapeKind::kText && kind != ShapeKind::kNothing) {
    Refuse(node, fmt::format("extension() takes a text, not {}", NameOf(kind)));
  }
  const ExprId equal = Add({.op = ExprOp::kEqual, .left = url_bound.expr, .right = wanted.expr});
  input.expr = Add({.op = ExprOp::kFilter, .left = input.expr, .right = equal});
  return input;
}

// Returns the type that the argument names: Quantity, FHIR.Quantity.
std::string PathBinder::TypeArgument(const PathNode& node) const {
  const PathNode* argument = &node.operands[1];
  std::string name = argument->text;
  if (argument->op == PathOp::kMember && argument->operands.front().op == PathOp::kMember) {
    argument = &argument->operands.front();
    name = argument->text + "." + name;
  }
  if (argument->op != PathOp::kMember || argument->operands.front().op != PathOp::kThis) {
    Refuse(node, fmt::format("{}() takes the name of a type", node.text));
  }
  std::string type = PlainTypeName(name);
  if (!IsModelType(type) && type != "integer64") {  // R5's, which constants may have too
    Refuse(node, fmt::format("FHIR R4 has no type {}", name));
  }
  return type;
}

BoundPath PathBinder::BindOfType(const PathNode& node, const Shape& focus) {
  const std::string type = TypeArgument(node);
  const PathNode& operand = node.operands.front();
  BoundPath input = operand.op == PathOp::kMember ? BindMember(operand, focus, type) : BindNode(operand, focus);
  if (input.shape.computed && input.shape.places.empty()) {
    const bool same = IsKindOf(type, FhirTypeOf(*input.shape.computed));
    return same ? input : BoundPath{Add({.op = ExprOp::kNothing}), {}};
  }
  Expr expr{.op = ExprOp::kStep, .left = input.expr};
  bool changes = false;
  for (const PlaceId place : input.shape.places) {
    const std::string place_type = tree_.place(place).type;
    if (IsKindOf(place_type, type) || place_type == type) {
      expr.kept.push_back(place);
      continue;
    }
    changes = true;
    if (place_type.empty() || IsKindOf(type, place_type)) {
      expr.steps.push_back({place, tree_.Cast(place, type)});
    } else if (operand.op == PathOp::kMember) {
      Warn(fmt::format("{} is never {}", tree_.place(place).path, type));
    }
  }
  return changes ? AddWalk(std::move(expr)) : input;
}

BoundPath PathBinder::BindJoin(const PathNode& node, const Shape& focus) {
  const BoundPath input = BindInput(node, focus);
  Consume(input.shape);
  Expr expr{.op = ExprOp::kJoin, .left = input.expr};
  const ShapeKind kind = KindOfShape(tree_, input.shape);
  if (kind != ShapeKind::kText && kind != ShapeKind::kAny && kind != ShapeKind::kNothing) {
    Refuse(node, fmt::format("join() joins texts, not {}", NameOf(kind)));
  }
  if (node.operands.size() > 1) {
    const BoundPath separator = BindNode(node.operands[1], focus);
    const ShapeKind separator_kind = KindOfShape(tree_, separator.shape);
    if (separator_kind != ShapeKind::kText && separator_kind != ShapeKind::kNothing) {
      Refuse(node, fmt::format("join() takes a text between the texts, not {}", NameOf(separator_kind)));
    }
    expr.right = separator.expr;
  }
  return AddComputed(std::move(expr), ValueKind::kString);
}

BoundPath PathBinder::BindBoundary(const PathNode& node, const Shape& focus) {
  BoundPath input = BindInput(node, focus);
  Consume(input.shape);
  const std::string type = FhirTypeOf(tree_, input.shape);
  const ShapeKind kind = KindOfShape(tree_, input.shape);
  const ExprOp op = node.text == "lowBoundary" ? ExprOp::kLowBoundary : ExprOp::kHighBoundary;
  std::optional<ValueKind> result;
  if (kind == ShapeKind::kNumber) result = ValueKind::kDecimal;
  if (kind == ShapeKind::kTemporal) result = type == "date" ? ValueKind::kDate : ValueKind::kDateTime;
  if (kind == ShapeKind::kTime) result = ValueKind::kTime;
  if (kind == ShapeKind::kNothing) return input;
  if (!result) {
    Refuse(node,
           fmt::format("{}() takes a decimal, a date, a dateTime or a time, not {}; ofType() says which of a choice",
                       node.text, NameOf(kind)));
  }
  return AddComputed({.op = op, .left = input.expr}, *result);
}

BoundPath PathBinder::BindResourceKey(const PathNode& node, const Shape& focus) {
  const BoundPath input = BindInput(node, focus);
  Expr expr{.op = ExprOp::kStep, .left = input.expr};
  for (const PlaceId place : input.shape.places) {
    const std::string type = tree_.place(place).type;
    if (!type.empty() && !IsKindOf(type, "Resource")) {
      Refuse(node, fmt::format("{} is no resource; %resource.getResourceKey() asks the resource itself",
                               tree_.place(place).path));
    }
    expr.steps.push_back({place, tree_.Member(place, {.json_name = "id", .type = "id", .path_suffix = ".id"})});
  }
  if (input.shape.computed) {
    Refuse(node, "a computed value is no resource");
  }
  return AddWalk(std::move(expr));
}

BoundPath PathBinder::BindReferenceKey(const PathNode& node, const Shape& focus) {
  const BoundPath input = BindInput(node, focus);
  Expr step{.op = ExprOp::kStep, .left = input.expr};
  for (const PlaceId place : input.shape.places) {
    const std::string type = tree_.place(place).type;
    if (!type.empty() && type != "Reference") {
      Refuse(node, fmt::format("{} is no Reference", tree_.place(place).path));
    }
    const MemberKey key{.json_name = "reference", .type = "string", .path_suffix = ".reference"};
    step.steps.push_back({place, tree_.Member(place, key)});
  }
  Expr expr{.op = ExprOp::kReferenceKey};
  if (node.operands.size() > 1) {
    const std::string type = TypeArgument(node);
    if (!IsResourceType(type)) {
      Refuse(node, fmt::format("getReferenceKey() takes a resource type, not {}", type));
    }
    expr.text = Keep(type);
  }
  const BoundPath texts = AddWalk(std::move(step));
  Consume(texts.shape);
  expr.left = texts.expr;
  return AddComputed(std::move(expr), ValueKind::kString);
}

}  // namespace pluginlake::fhir
