// Links the views to one tree of places, then has each make its rows.
#include "pluginlake/fhir/view_evaluator.h"

#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "pluginlake/core/error.h"
#include "pluginlake/fhir/column_cells.h"
#include "pluginlake/fhir/direct_placer.h"
#include "pluginlake/fhir/path_evaluator.h"
#include "pluginlake/fhir/placed_items.h"
#include "pluginlake/fhir/row_maker.h"
#include "pluginlake/fhir/view.h"
#include "pluginlake/fhir/view_linker.h"

namespace pluginlake::fhir {

namespace {

std::string_view TextOf(EvaluationFault fault) {
  switch (fault) {
    case EvaluationFault::kNone:
      return {};
    case EvaluationFault::kSeveralValues:
      return "several values where one is expected";
    case EvaluationFault::kNotComparable:
      return "values of different kinds have no order";
    case EvaluationFault::kNotBoolean:
      return "a condition gave a value that is no boolean";
    case EvaluationFault::kTooManyRows:
      return "the rows of one resource have more than 4,000,000 cells";
  }
  return {};
}

}  // namespace

struct ViewEvaluator::Impl {
  // One view with what makes its rows.
  struct Unit {
    const View* view = nullptr;
    std::unique_ptr<const ViewProgram> program;
    std::unique_ptr<RowMaker> rows;
  };

  explicit Impl(std::span<const View* const> views)
      : resource_type(views.front()->resource_type()),
        tree(resource_type),
        units(Link(views, tree)),
        items(tree),
        placer(items),
        evaluator(tree, items),
        cells(items, evaluator),
        outcomes(views.size()) {
    reads_text = placer.is_able();
    for (Unit& unit : units) {
      reads_text = reads_text && !unit.program->needs_tape;
      unit.rows = std::make_unique<RowMaker>(*unit.program, evaluator, cells);
    }
  }

  static std::vector<Unit> Link(std::span<const View* const> views, PlaceTree& tree) {
    std::vector<ViewProgram> programs;
    for (const View* view : views) {
      PL_CHECK(view->resource_type() == views.front()->resource_type(), "views of one evaluator are of one type");
      programs.push_back(LinkView(tree, view->definition()).program);
    }
    std::vector<Unit> units;
    std::map<std::pair<PlaceId, std::string_view>, std::uint32_t> keys;
    for (std::size_t i = 0; i < views.size(); ++i) {
      FinishProgram(tree, programs[i]);
      for (RootColumn& column : programs[i].root_columns) {
        const auto number = static_cast<std::uint32_t>(keys.size());
        column.key = column.is_key ? keys.try_emplace({column.place, column.key_type}, number).first->second : 0;
      }
      units.push_back(
          {.view = views[i], .program = std::make_unique<const ViewProgram>(std::move(programs[i])), .rows = nullptr});
    }
    return units;
  }

  void MakeRows();

  std::string resource_type;
  PlaceTree tree;
  std::vector<Unit> units;
  PlacedItems items;
  DirectPlacer placer;
  bool reads_text = false;
  PathEvaluator evaluator;
  CellMaker cells;
  std::vector<ViewOutcome> outcomes;
};

ViewEvaluator::ViewEvaluator(std::span<const View* const> views) {
  PL_CHECK(!views.empty(), "an evaluator has at least one view");
  impl_ = std::make_unique<Impl>(views);
}

ViewEvaluator::~ViewEvaluator() = default;

void ViewEvaluator::Impl::MakeRows() {
  evaluator.arena().Clear();
  cells.Clear();
  for (std::size_t i = 0; i < units.size(); ++i) {
    const Unit& unit = units[i];
    evaluator.Begin(*unit.program);
    unit.rows->Run();
    const std::uint32_t column = unit.rows->faulty_column();
    const std::span<const ViewColumn> columns = unit.view->columns();
    outcomes[i] = {.error = TextOf(evaluator.fault()),
                   .column = column < columns.size() ? std::string_view(columns[column].name) : std::string_view{},
                   .warnings = evaluator.TakeWarnings()};
  }
}

std::span<const ViewOutcome> ViewEvaluator::Evaluate(const JsonTape& tape) {
  impl_->items.Load(tape);
  impl_->MakeRows();
  return impl_->outcomes;
}

ViewEvaluator::TextOutcome ViewEvaluator::EvaluateText(std::string_view json) {
  if (!impl_->reads_text) {
    return TextOutcome::kNeedsTape;
  }
  switch (impl_->placer.Read(json, impl_->resource_type)) {
    case DirectOutcome::kPlaced:
      impl_->MakeRows();
      return TextOutcome::kEvaluated;
    case DirectOutcome::kOtherType:
      return TextOutcome::kOtherType;
    case DirectOutcome::kIrregular:
      break;
  }
  return TextOutcome::kNeedsTape;
}

std::span<const ViewOutcome> ViewEvaluator::outcomes() const { return impl_->outcomes; }

std::uint64_t ViewEvaluator::RowCount(std::size_t view) const { return impl_->units[view].rows->row_count(); }

void ViewEvaluator::WriteRow(std::size_t view, std::uint64_t row, duck::ChunkWriter& writer, std::uint64_t target_row,
                             std::uint64_t first_column) const {
  const RowMaker& rows = *impl_->units[view].rows;
  const Cell* cells = rows.row(row);
  for (std::size_t column = 0; column < rows.column_count(); ++column) {
    impl_->cells.Write(cells[column], writer, first_column + column, target_row);
  }
}

}  // namespace pluginlake::fhir
