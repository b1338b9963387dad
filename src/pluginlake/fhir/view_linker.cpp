// Goes through the selects in the order of their columns.
#include "pluginlake/fhir/view_linker.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/fhir/column_binder.h"
#include "pluginlake/fhir/path_binder.h"
#include "pluginlake/fhir/shape_rules.h"
#include "pluginlake/fhir/view_definition.h"

namespace pluginlake::fhir {

namespace {

using core::Error;
using core::ErrorKind;

std::string LowerCase(std::string text) {
  std::ranges::transform(text, text.begin(), [](char byte) {
    return byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte - 'A' + 'a') : byte;
  });
  return text;
}

class ViewLinker {
 public:
  ViewLinker(PlaceTree& tree, const ViewDefinition& definition)
      : tree_(tree), definition_(definition), binder_(tree, linked_.program, definition.constants) {}

  LinkedView Run();

 private:
  void LinkSelect(const SelectDefinition& select, const Shape& focus, SelectPlan& plan);
  void LinkInside(const SelectDefinition& select, const Shape& focus, SelectPlan& plan);
  Shape LinkIteration(const SelectDefinition& select, const Shape& focus, SelectPlan& plan);
  Shape LinkRepeat(const SelectDefinition& select, const Shape& focus, SelectPlan& plan);
  void LinkColumn(const ColumnDefinition& column, const Shape& focus, SelectPlan& plan);
  void LinkUnion(const SelectDefinition& select, const Shape& focus, SelectPlan& plan);
  void LinkWhere(const PlacedPath& where);
  BoundPath Bind(const PlacedPath& path, const Shape& focus);
  void AddColumn(const ColumnDefinition& definition, ViewColumn column, std::string json_type);
  void TakeWarnings();

  PlaceTree& tree_;
  const ViewDefinition& definition_;
  LinkedView linked_;
  PathBinder binder_;
  std::size_t next_column_ = 0;  // the number of the column linked next; below columns().size() in a later branch
};

LinkedView ViewLinker::Run() {
  const Shape root{.places = {PlaceTree::kRoot}, .computed = {}};
  for (const SelectDefinition& select : definition_.selects) {
    LinkSelect(select, root, linked_.program.root);
  }
  if (linked_.columns.empty()) {
    throw Error(ErrorKind::kInvalidInput, "PL-0707", "select: the view has no columns",
                "Give it at least one column, for example {\"name\": \"id\", \"path\": \"getResourceKey()\"}.");
  }
  for (const PlacedPath& where : definition_.where) {
    LinkWhere(where);
  }
  linked_.program.column_count = static_cast<std::uint32_t>(linked_.columns.size());
  return std::move(linked_);
}

BoundPath ViewLinker::Bind(const PlacedPath& path, const Shape& focus) {
  return binder_.Bind(path.path, path.text, path.place, focus);
}

void ViewLinker::TakeWarnings() {
  for (const std::string& warning : binder_.notes().warnings) {
    if (std::ranges::find(linked_.warnings, warning) == linked_.warnings.end()) {
      linked_.warnings.push_back(warning);
    }
  }
}

// A select without an iteration has one row for each of its parent's: its columns and factors are the parent's.
void ViewLinker::LinkSelect(const SelectDefinition& select, const Shape& focus, SelectPlan& plan) {
  if (select.iteration == Iteration::kNone) {
    LinkInside(select, focus, plan);
    return;
  }
  SelectPlan inner{.iteration = select.iteration, .paths = {}, .columns = {}, .factors = {}};
  const Shape items = LinkIteration(select, focus, inner);
  LinkInside(select, items, inner);
  std::vector<SelectPlan> alternatives;
  alternatives.push_back(std::move(inner));
  plan.factors.push_back(std::move(alternatives));
}

void ViewLinker::LinkInside(const SelectDefinition& select, const Shape& focus, SelectPlan& plan) {
  for (const ColumnDefinition& column : select.columns) {
    LinkColumn(column, focus, plan);
  }
  for (const SelectDefinition& inner : select.selects) {
    LinkSelect(inner, focus, plan);
  }
  if (!select.union_all.empty()) {
    LinkUnion(select, focus, plan);
  }
}

Shape ViewLinker::LinkIteration(const SelectDefinition& select, const Shape& focus, SelectPlan& plan) {
  if (select.iteration == Iteration::kRepeat) {
    return LinkRepeat(select, focus, plan);
  }
  const BoundPath path = Bind(select.paths.front(), focus);
  TakeWarnings();
  plan.paths = {path.expr};
  return path.shape;
}

// The paths are asked of what the select is asked of, and again of all they give: they are bound to both, as long as
// that leads to new places.
Shape ViewLinker::LinkRepeat(const SelectDefinition& select, const Shape& focus, SelectPlan& plan) {
  const PlaceTree::Repetition repetition(tree_, focus.places);
  Shape asked = focus;
  for (;;) {
    const std::size_t exprs_before = linked_.program.exprs.size();
    const std::size_t places_before = asked.places.size();
    Shape items;
    plan.paths.clear();
    for (const PlacedPath& path : select.paths) {
      const BoundPath bound = Bind(path, asked);
      if (bound.shape.computed) {
        throw Error(ErrorKind::kInvalidInput, "PL-0706", fmt::format("{}: a computed value cannot repeat", path.place),
                    "Name elements that hold others of their kind, for example \"item\".");
      }
      plan.paths.push_back(bound.expr);
      for (const PlaceId place : bound.shape.places) {
        const auto add = [place](std::vector<PlaceId>& places) {
          if (std::ranges::find(places, place) == places.end()) {
            places.push_back(place);
          }
        };
        add(items.places);
        add(asked.places);
      }
    }
    if (asked.places.size() == places_before) {
      return items;
    }
    linked_.program.exprs.resize(exprs_before);
  }
}

void ViewLinker::LinkColumn(const ColumnDefinition& definition, const Shape& focus, SelectPlan& plan) {
  const BoundPath path = Bind(definition.path, focus);
  TakeWarnings();
  ColumnType type = DecideColumnType(tree_, definition, path.shape);
  if (!type.warning.empty()) {
    linked_.warnings.push_back(fmt::format("{}: {}", definition.place, type.warning));
  }
  const bool may_be_complex = KindOfShape(tree_, path.shape) == ShapeKind::kAny;
  linked_.program.needs_tape = linked_.program.needs_tape || may_be_complex || type.form.kind == FormKind::kJson;
  const auto number = static_cast<std::uint32_t>(next_column_);
  AddColumn(definition,
            {.name = definition.name,
             .type = ColumnTypeName(type.form, definition.collection, false),
             .fhir_type = std::move(type.fhir_type),
             .collection = definition.collection,
             .description = definition.description,
             .element_paths = binder_.notes().element_paths},
            ColumnTypeName(type.form, definition.collection, true));
  plan.columns.push_back(
      {.column = number, .path = path.expr, .form = std::move(type.form), .collection = definition.collection});
}

// Adds a new column, or joins it with the one of an earlier branch of a unionAll.
void ViewLinker::AddColumn(const ColumnDefinition& definition, ViewColumn column, std::string json_type) {
  const auto refuse = [&definition](const std::string& reason) {
    throw Error(ErrorKind::kInvalidInput, "PL-0707",
                fmt::format("{} ({}): {}", definition.place, definition.name, reason),
                "All branches of a unionAll have the same columns: names, types, order. Names are unique in the view.");
  };
  if (next_column_++ < linked_.columns.size()) {
    ViewColumn& first = linked_.columns[next_column_ - 1];
    if (first.name != column.name) {
      refuse(fmt::format("the first branch of the unionAll has {} in this place", first.name));
    }
    if (first.type != column.type) {
      refuse(fmt::format("the column is {} here and {} in the first branch of the unionAll", column.type, first.type));
    }
    for (std::string& path : column.element_paths) {
      if (std::ranges::find(first.element_paths, path) == first.element_paths.end()) {
        first.element_paths.push_back(std::move(path));
      }
    }
    first.fhir_type = first.fhir_type == column.fhir_type ? first.fhir_type : "";
    std::string& first_json_type = linked_.json_types[next_column_ - 1];
    first_json_type = first_json_type == json_type ? first_json_type : first.type;
    return;
  }
  for (const ViewColumn& other : linked_.columns) {
    if (LowerCase(other.name) == LowerCase(column.name)) {
      refuse("another column has this name (SQL does not tell upper from lower case)");
    }
  }
  linked_.columns.push_back(std::move(column));
  linked_.json_types.push_back(std::move(json_type));
}

void ViewLinker::LinkUnion(const SelectDefinition& select, const Shape& focus, SelectPlan& plan) {
  const std::size_t first_column = next_column_;
  std::size_t end_column = first_column;
  std::vector<SelectPlan> alternatives;
  for (const SelectDefinition& branch : select.union_all) {
    next_column_ = first_column;
    SelectPlan alternative;
    LinkSelect(branch, focus, alternative);
    const bool is_first = alternatives.empty();
    end_column = is_first ? next_column_ : end_column;
    if (next_column_ != end_column) {
      throw Error(ErrorKind::kInvalidInput, "PL-0707",
                  fmt::format("{}: the branch has {} columns, the first one has {}", branch.place,
                              next_column_ - first_column, end_column - first_column),
                  "All branches of a unionAll have the same columns: names, types, order.");
    }
    alternatives.push_back(std::move(alternative));
  }
  plan.factors.push_back(std::move(alternatives));
}

void ViewLinker::LinkWhere(const PlacedPath& where) {
  const BoundPath path = Bind(where, {.places = {PlaceTree::kRoot}, .computed = {}});
  TakeWarnings();
  const ShapeKind kind = KindOfShape(tree_, path.shape);
  if (kind != ShapeKind::kBoolean && kind != ShapeKind::kAny && kind != ShapeKind::kNothing) {
    throw Error(ErrorKind::kInvalidInput, "PL-0706",
                fmt::format("{}: a condition is a boolean, not {}, in `{}`", where.place, NameOf(kind), where.text),
                "Ask a question of the value, for example .exists().");
  }
  linked_.program.where.push_back(path.expr);
}

std::optional<Chain> FindChain(const PlaceTree& tree, const ViewProgram& program, const Expr& expr) {
  if (expr.op == ExprOp::kFocus || expr.op == ExprOp::kRoot) {
    return Chain{.steps = {}, .from_root = expr.op == ExprOp::kRoot};
  }
  const bool is_step = expr.op == ExprOp::kStep && expr.steps.size() == 1 && expr.kept.empty();
  if (!is_step && expr.op != ExprOp::kFirst) {
    return std::nullopt;
  }
  std::optional<Chain> chain = program.exprs[expr.left].chain;
  if (!chain) {
    return std::nullopt;
  }
  if (!is_step) {
    if (!chain->steps.empty()) {
      chain->steps.back().only_first = true;
      chain->cuts.push_back(chain->place);
    }
    return chain;
  }
  const PlaceEdge& edge = tree.edge(expr.steps.front().edge);
  if (tree.place(edge.target).incoming != 1) {
    return std::nullopt;  // the items below two neighbours may not follow each other
  }
  chain->start = chain->steps.empty() ? edge.source : chain->start;
  chain->steps.push_back({.edge = expr.steps.front().edge});
  chain->place = edge.target;
  return chain;
}

void FindDirectColumns(const PlaceTree& tree, const ViewProgram& program, SelectPlan& plan) {
  for (ColumnPlan& column : plan.columns) {
    const std::optional<Chain>& chain = program.exprs[column.path].chain;
    if (chain && !chain->steps.empty()) {
      column.direct = DirectKind(tree.place(chain->place).kind, column.form);
    }
  }
  for (std::vector<SelectPlan>& alternatives : plan.factors) {
    for (SelectPlan& alternative : alternatives) {
      FindDirectColumns(tree, program, alternative);
    }
  }
}

// Returns the chain that a column of the root is found by: its path's, or that of the reference whose key its path is.
const Chain* RootChain(const ViewProgram& program, const ColumnPlan& plan) {
  const Expr& path = program.exprs[plan.path];
  const bool is_key = path.op == ExprOp::kReferenceKey && plan.form.kind == FormKind::kText && !plan.form.bare_number;
  const std::optional<Chain>& chain = is_key ? program.exprs[path.left].chain : path.chain;
  const bool is_walk = chain && !chain->steps.empty() && chain->start == PlaceTree::kRoot && chain->cuts.size() <= 1;
  return is_walk ? &*chain : nullptr;
}

void FindRootColumns(ViewProgram& program) {
  for (std::uint32_t i = 0; i < program.root.columns.size(); ++i) {
    const ColumnPlan& plan = program.root.columns[i];
    const Chain* chain = RootChain(program, plan);
    if (chain == nullptr) {
      program.other_columns.push_back(i);
      continue;
    }
    const Expr& path = program.exprs[plan.path];
    const bool is_key = path.op == ExprOp::kReferenceKey;
    const TapeKind direct = plan.collection ? TapeKind::kNull : is_key ? TapeKind::kString : plan.direct;
    program.root_columns.push_back({.column = plan.column,
                                    .place = chain->place,
                                    .cut = chain->cuts.empty() ? PlaceTree::kRoot : chain->cuts.front(),
                                    .direct = direct,
                                    .is_list = plan.collection,
                                    .is_key = is_key,
                                    .key_type = path.text,
                                    .plan = i});
  }
}

}  // namespace

LinkedView LinkView(PlaceTree& tree, const ViewDefinition& definition) { return ViewLinker(tree, definition).Run(); }

void FinishProgram(const PlaceTree& tree, ViewProgram& program) {
  for (Expr& expr : program.exprs) {
    expr.chain = FindChain(tree, program, expr);
  }
  FindDirectColumns(tree, program, program.root);
  FindRootColumns(program);
}

}  // namespace pluginlake::fhir
