// A depth-first walk through the product of the selects.
#include "pluginlake/fhir/row_maker.h"

namespace pluginlake::fhir {

namespace {

constexpr std::size_t kCellsKept = 200'000;  // what a rare giant may leave allocated

}  // namespace

void RowMaker::Clear() {
  has_row_ = false;
  rows_.clear();
  if (rows_.capacity() > kCellsKept) {
    rows_.shrink_to_fit();
  }
  faulty_column_ = program_.column_count;
}

void RowMaker::Run() {
  Clear();
  const Focus root{.value = Value::Node(PlaceTree::kRoot, 0)};
  if (Passes(root)) {
    Enter(program_.root, root, nullptr);
  }
  if (failed()) {
    rows_.clear();
    has_row_ = false;
  }
}

bool RowMaker::Passes(const Focus& focus) {
  for (const ExprId condition : program_.where) {
    const std::size_t begin = evaluator_.stack().size();
    evaluator_.Evaluate(condition, focus);
    const std::size_t count = evaluator_.stack().size() - begin;
    bool passes = false;
    if (count > 1) {
      evaluator_.Fail(EvaluationFault::kSeveralValues);
    } else if (count == 1) {
      Value scalar;
      const Reading reading = evaluator_.Read(evaluator_.stack()[begin], scalar);
      const bool is_other =
          reading == Reading::kComplex || (reading == Reading::kScalar && scalar.kind != ValueKind::kBoolean);
      if (is_other) {
        evaluator_.Fail(EvaluationFault::kNotBoolean);
      }
      passes = reading == Reading::kScalar && scalar.number != 0;
    }
    evaluator_.Cut(begin);
    if (!passes || failed()) {
      return false;
    }
  }
  return true;
}

void RowMaker::FillColumn(const ColumnPlan& column, const Focus& item) {
  row_[column.column] = cells_.Make(program_.exprs[column.path], column, item);
  if (failed() && faulty_column_ == program_.column_count) {
    faulty_column_ = column.column;
  }
}

void RowMaker::FillColumns(const SelectPlan& plan, const Focus& item) {
  for (const ColumnPlan& column : plan.columns) {
    FillColumn(column, item);
  }
}

void RowMaker::FillRoot(const Focus& root) {
  for (const RootColumn& column : program_.root_columns) {
    if (!cells_.MakeDirect(column, row_[column.column])) {
      FillColumn(program_.root.columns[column.plan], root);
    }
  }
  for (const std::uint32_t number : program_.other_columns) {
    FillColumn(program_.root.columns[number], root);
  }
}

// Goes on with one item of the iteration of `plan`.
void RowMaker::Enter(const SelectPlan& plan, const Focus& item, const Rest* outer) {
  &plan == &program_.root ? FillRoot(item) : FillColumns(plan, item);
  if (failed()) {
    return;
  }
  const Rest rest{.plan = &plan, .focus = item, .outer = outer};
  Multiply(&rest);
}

void RowMaker::Multiply(const Rest* rest) {
  while (rest != nullptr && rest->next == rest->plan->factors.size()) {
    rest = rest->outer;
  }
  if (rest == nullptr) {
    EmitRow();
    return;
  }
  Rest after = *rest;
  ++after.next;
  for (const SelectPlan& alternative : rest->plan->factors[rest->next]) {
    Iterate(alternative, rest->focus, after);
    if (failed()) {
      return;
    }
  }
}

void RowMaker::Iterate(const SelectPlan& plan, const Focus& focus, const Rest& rest) {
  if (plan.iteration == Iteration::kNone) {
    Enter(plan, focus, &rest);
    return;
  }
  if (plan.iteration == Iteration::kRepeat) {
    std::int64_t index = 0;
    Repeat(plan, focus, rest, index);
    return;
  }
  const std::size_t begin = evaluator_.stack().size();
  evaluator_.Evaluate(plan.paths.front(), focus);
  const std::size_t count = evaluator_.stack().size() - begin;
  for (std::size_t i = 0; i < count && !failed(); ++i) {
    const Focus item{.value = evaluator_.stack()[begin + i], .row_index = static_cast<std::int64_t>(i)};
    Enter(plan, item, &rest);
  }
  evaluator_.Cut(begin);
  if (count == 0 && plan.iteration == Iteration::kForEachOrNull && !failed()) {
    Enter(plan, {.is_empty = true}, &rest);
  }
}

// An item, then what it holds, then the next one.
void RowMaker::Repeat(const SelectPlan& plan, const Focus& focus, const Rest& rest, std::int64_t& index) {
  for (const ExprId path : plan.paths) {
    const std::size_t begin = evaluator_.stack().size();
    evaluator_.Evaluate(path, focus);
    const std::size_t count = evaluator_.stack().size() - begin;
    for (std::size_t i = 0; i < count && !failed(); ++i) {
      const Focus item{.value = evaluator_.stack()[begin + i], .row_index = index++};
      Enter(plan, item, &rest);
      Repeat(plan, item, rest, index);
    }
    evaluator_.Cut(begin);
  }
}

void RowMaker::EmitRow() {
  if (rows_.size() + cells_.nested_count() > kCellsMax) {
    evaluator_.Fail(EvaluationFault::kTooManyRows);
    return;
  }
  if (is_flat_) {
    has_row_ = true;
  } else {
    rows_.insert(rows_.end(), row_.begin(), row_.end());
  }
}

}  // namespace pluginlake::fhir
