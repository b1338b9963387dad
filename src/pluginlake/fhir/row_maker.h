// Makes the rows of one view for one resource: iterations inside each other, the current row filled as they go.
#pragma once

#include <cstdint>
#include <vector>

#include "pluginlake/fhir/column_cells.h"
#include "pluginlake/fhir/path_evaluator.h"
#include "pluginlake/fhir/view_program.h"

namespace pluginlake::fhir {

class RowMaker {
 public:
  // Cells of all rows of one resource; more is a fault.
  static constexpr std::size_t kCellsMax = 4'000'000;

  RowMaker(const ViewProgram& program, PathEvaluator& evaluator, CellMaker& cells)
      : program_(program),
        evaluator_(evaluator),
        cells_(cells),
        is_flat_(program.root.factors.empty()),
        row_(program.column_count) {}

  // Fills rows(); the evaluator's fault says whether they mean anything.
  void Run();

  std::uint64_t row_count() const { return is_flat_ ? std::uint64_t{has_row_} : rows_.size() / row_.size(); }
  const Cell* row(std::uint64_t number) const { return is_flat_ ? row_.data() : rows_.data() + number * row_.size(); }
  std::size_t column_count() const { return row_.size(); }
  void Clear();
  // The column whose path met the fault; column_count() if it was none's.
  std::uint32_t faulty_column() const { return faulty_column_; }

 private:
  // What is still to be multiplied with: the factors of `plan` from `next` on, then those of `outer`.
  struct Rest {
    const SelectPlan* plan = nullptr;
    std::size_t next = 0;
    Focus focus;
    const Rest* outer = nullptr;
  };

  bool Passes(const Focus& focus);
  void Enter(const SelectPlan& plan, const Focus& item, const Rest* outer);
  void Multiply(const Rest* rest);
  void Iterate(const SelectPlan& plan, const Focus& focus, const Rest& rest);
  void Repeat(const SelectPlan& plan, const Focus& focus, const Rest& rest, std::int64_t& index);
  void FillColumns(const SelectPlan& plan, const Focus& item);
  void FillRoot(const Focus& root);
  void FillColumn(const ColumnPlan& column, const Focus& item);
  void EmitRow();
  bool failed() const { return evaluator_.fault() != EvaluationFault::kNone; }

  const ViewProgram& program_;
  PathEvaluator& evaluator_;
  CellMaker& cells_;
  bool is_flat_;  // one row at most, which is row_ itself
  bool has_row_ = false;
  std::vector<Cell> row_;
  std::vector<Cell> rows_;  // of a view that is not flat
  std::uint32_t faulty_column_ = 0;
};

}  // namespace pluginlake::fhir
