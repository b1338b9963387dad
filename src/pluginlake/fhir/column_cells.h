// Brings values to what a column takes, and writes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/fhir/path_evaluator.h"
#include "pluginlake/fhir/placed_items.h"
#include "pluginlake/fhir/value_form.h"

namespace pluginlake::duck {
class ChunkWriter;
}

namespace pluginlake::fhir {

enum class CellKind : std::uint8_t { kNull, kBoolean, kInteger, kDouble, kText, kList, kStruct };

// One cell of a row, ready to be written. Texts live as long as the resource's evaluation.
struct Cell {
  CellKind kind = CellKind::kNull;
  std::uint32_t first = 0;  // of a list's elements or a struct's fields, among the nested cells
  std::uint32_t count = 0;
  std::uint32_t text_size = 0;
  union {
    std::int64_t number = 0;  // kInteger, kBoolean
    double real;
    const char* text_data;
  };

  std::string_view text() const { return {text_data, text_size}; }

  static Cell Text(std::string_view text) {
    Cell cell;
    cell.kind = CellKind::kText;
    cell.text_data = text.data();
    cell.text_size = static_cast<std::uint32_t>(text.size());
    return cell;
  }
};

// Makes the cells of one resource; one a thread.
class CellMaker {
 public:
  CellMaker(const PlacedItems& items, PathEvaluator& evaluator) : items_(items), evaluator_(evaluator) {}

  void Clear();
  // Returns the cell of a column for the item in focus; a fault of the evaluator makes it meaningless.
  Cell Make(const Expr& path, const ColumnPlan& plan, const Focus& focus) {
    if (plan.direct != TapeKind::kNull && !plan.collection) {
      const ItemRange range = evaluator_.RangeOf(*path.chain, focus);
      if (range.size() == 0) {
        return {};
      }
      const TapeNode* node = range.size() == 1 ? items_.Node(path.chain->place, range.begin) : nullptr;
      if (node != nullptr && node->kind == plan.direct) {
        return Cell::Text(node->text());
      }
    }
    return Convert(path, plan, focus);
  }
  // Makes the cell of a root's column if it is as simple as it can be; false = Make must be asked.
  bool MakeDirect(const RootColumn& column, Cell& cell) {
    const std::uint32_t count = items_.ItemCount(column.place);
    if (count == 0) {
      cell = {};
      cell.kind = column.is_list ? CellKind::kList : CellKind::kNull;
      return true;
    }
    if (count > 1 || column.direct == TapeKind::kNull || items_.ItemCount(column.cut) > 1) {
      return false;
    }
    const TapeNode* node = items_.Node(column.place, 0);
    if (node == nullptr || node->kind != column.direct) {
      return false;
    }
    cell = column.is_key ? KeyCell(*node, column) : Cell::Text(node->text());
    return true;
  }
  // Writes a cell into column `column` of `row`.
  void Write(const Cell& cell, duck::ChunkWriter& writer, std::uint64_t column, std::uint64_t row) const;

  std::size_t nested_count() const { return nested_.size(); }

 private:
  // A key that several views want is made once.
  struct Key {
    std::uint64_t resource = 0;  // for which it was made
    Cell cell;
  };

  Cell KeyCell(const TapeNode& reference, const RootColumn& column);
  Cell Convert(const Expr& path, const ColumnPlan& plan, const Focus& focus);
  Cell MakeFromRange(const ColumnPlan& plan, PlaceId place, ItemRange range);
  Cell MakeFromStack(const ColumnPlan& plan, std::size_t begin);
  Cell SeveralValues();
  Cell Nest(CellKind kind, std::uint32_t count);
  Cell Convert(const Value& value, const ValueForm& form);
  Cell ConvertScalar(const Value& scalar, const ValueForm& form);
  Cell ConvertText(const Value& scalar, const ValueForm& form);
  Cell ConvertNumber(const Value& scalar, const ValueForm& form);
  Cell ConvertReal(const Value& scalar);
  Cell ConvertExact(const Value& scalar, const ValueForm& form);
  Cell ConvertMoment(const Value& scalar, const ValueForm& form);
  Cell ConvertField(const Value& value, const FieldForm& field);
  Cell Struct(const Value& value, const ValueForm& form);
  Cell Json(const Value& value);
  Cell Unexpected();
  bool HasValue(const Value& value) const;

  const PlacedItems& items_;
  PathEvaluator& evaluator_;
  std::vector<Cell> nested_;  // of the cells given out
  std::vector<Key> keys_;     // by RootColumn::key
  std::uint64_t resource_ = 0;
};

}  // namespace pluginlake::fhir
