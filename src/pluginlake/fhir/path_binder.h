// Binds FHIRPath to the places of a resource type: what is known before any resource is seen is checked here.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/fhirpath.h"
#include "pluginlake/fhir/place_tree.h"
#include "pluginlake/fhir/view_program.h"

namespace pluginlake::fhir {

// What an expression can give: values at some places, computed values of one kind, or nothing at all.
struct Shape {
  std::vector<PlaceId> places;
  std::optional<ValueKind> computed;

  bool is_nothing() const { return places.empty() && !computed; }
};

// A constant of the view, as its value stands in an expression.
struct ConstantValue {
  LiteralKind kind = LiteralKind::kString;
  std::string text;
};

struct BoundPath {
  ExprId expr = kNoExpr;
  Shape shape;
};

// What one binding adds to the view. `element_paths` are the places whose values decide the result.
struct BindingNotes {
  std::vector<std::string> warnings;
  std::vector<std::string> element_paths;
};

// Adds expressions to a program; lives while a view is linked.
class PathBinder {
 public:
  PathBinder(PlaceTree& tree, ViewProgram& program, const std::map<std::string, ConstantValue>& constants)
      : tree_(tree), program_(program), constants_(constants) {}

  // Binds `text`, which `place` of the view holds and which is asked of what `focus` gives. Throws invalid_input:
  // PL-0704 for a function no view may use, PL-0705 for a constant that is not there, PL-0706 for types that do not
  // fit.
  BoundPath Bind(const PathNode& path, std::string_view text, std::string_view place, const Shape& focus);

  // What the last Bind met.
  const BindingNotes& notes() const { return notes_; }

 private:
  BoundPath BindNode(const PathNode& node, const Shape& focus);
  BoundPath BindVariable(const PathNode& node);
  BoundPath BindMember(const PathNode& node, const Shape& focus, std::string_view only_type);
  BoundPath BindFunction(const PathNode& node, const Shape& focus);
  BoundPath BindInput(const PathNode& node, const Shape& focus);
  BoundPath BindWhere(const PathNode& node, const Shape& focus);
  BoundPath BindExists(const PathNode& node, const Shape& focus);
  BoundPath BindEmpty(const PathNode& node, const Shape& focus);
  BoundPath BindFirst(const PathNode& node, const Shape& focus);
  BoundPath BindNot(const PathNode& node, const Shape& focus);
  BoundPath BindExtension(const PathNode& node, const Shape& focus);
  BoundPath BindOfType(const PathNode& node, const Shape& focus);
  BoundPath BindJoin(const PathNode& node, const Shape& focus);
  BoundPath BindBoundary(const PathNode& node, const Shape& focus);
  BoundPath BindResourceKey(const PathNode& node, const Shape& focus);
  BoundPath BindReferenceKey(const PathNode& node, const Shape& focus);
  std::string TypeArgument(const PathNode& node) const;
  BoundPath BindIndex(const PathNode& node, const Shape& focus);
  BoundPath BindOperator(const PathNode& node, const Shape& focus);
  std::vector<Shape> BindOperands(const PathNode& node, const Shape& focus, Expr& expr);
  BoundPath BindConcatenation(const PathNode& node, const Shape& focus);
  BoundPath BindArithmetic(const PathNode& node, const Shape& focus);
  BoundPath BindComparison(const PathNode& node, const Shape& focus);
  BoundPath BindLogic(const PathNode& node, const Shape& focus);
  BoundPath BindConstant(LiteralKind kind, std::string text);

  void AddSteps(PlaceId source, const PathNode& node, std::string_view only_type, Expr& expr);
  void AddChoiceSteps(PlaceId source, const ModelElement& element, std::string_view only_type, Expr& expr);
  void AddUnknownSteps(PlaceId source, const PathNode& node, std::string_view only_type, Expr& expr);
  bool NamesOwnType(const PathNode& node, const Shape& input) const;

  ExprId Add(Expr expr);
  BoundPath AddComputed(Expr expr, ValueKind kind);
  BoundPath AddWalk(Expr expr);
  std::string_view Keep(std::string text);
  void Consume(const Shape& shape);
  void Warn(std::string warning);
  [[noreturn]] void Refuse(const PathNode& node, const std::string& reason) const;

  PlaceTree& tree_;
  ViewProgram& program_;
  const std::map<std::string, ConstantValue>& constants_;
  std::string_view text_, place_;
  BindingNotes notes_;
};

}  // namespace pluginlake::fhir
