// Holds the first rows back, measures them, and then streams.
#include "app/output/table_rows.h"

#include <fmt/format.h>

#include <utility>

#include "pluginlake/duck/cell_writer.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::app {
namespace {

constexpr std::size_t kMeasuredRowsMax = 2000;

std::vector<TableColumn> ColumnsOf(const RowSchema& schema) {
  std::vector<TableColumn> columns;
  for (std::size_t i = 0; i < schema.columns.size(); ++i) {
    columns.push_back({.title = schema.columns[i].name, .at_right = schema.cells.IsNumber(i)});
  }
  return columns;
}

class TableRows final : public RowWriter {
 public:
  TableRows(const RowSchema& schema, TableStyle style, TextSink sink)
      : layout_(ColumnsOf(schema), style), sink_(std::move(sink)), column_count_(schema.columns.size()) {}

  void Write(const duck::CellWriter& cells, std::uint64_t row_count) override {
    std::string out;
    for (std::uint64_t row = 0; row < row_count; ++row) {
      TableRow line = RowOf(cells, row);
      if (is_measured_) {
        out += layout_.Line(line);
      } else {
        held_.push_back(std::move(line));
        if (held_.size() >= kMeasuredRowsMax) Release(out);
      }
    }
    if (!out.empty()) sink_(out);
  }

  void Finish() override {
    std::string out;
    if (!is_measured_) Release(out);
    sink_(out);
  }

  std::string Remark() const override {
    if (layout_.hidden_columns() > 0) {
      return fmt::format("{} more column{} not shown", layout_.hidden_columns(),
                         layout_.hidden_columns() == 1 ? "" : "s");
    }
    return layout_.has_shortened() ? "cells that end in … are shortened" : "";
  }

 private:
  TableRow RowOf(const duck::CellWriter& cells, std::uint64_t row) const {
    TableRow line(column_count_);
    for (std::uint64_t i = 0; i < column_count_; ++i) {
      line[i].is_null = cells.IsNull(i, row);
      if (line[i].is_null) {
        line[i].text = "NULL";
      } else {
        cells.AppendText(line[i].text, i, row);
      }
    }
    return line;
  }

  void Release(std::string& out) {
    layout_.Measure(held_);
    is_measured_ = true;
    out += layout_.Head();
    for (const TableRow& row : held_) {
      out += layout_.Line(row);
    }
    held_.clear();
  }

  TableLayout layout_;
  TextSink sink_;
  std::uint64_t column_count_;
  std::vector<TableRow> held_;
  bool is_measured_ = false;
};

}  // namespace

std::unique_ptr<RowWriter> MakeTableRows(const RowSchema& schema, TableStyle style, TextSink sink) {
  return std::make_unique<TableRows>(schema, style, std::move(sink));
}

}  // namespace pluginlake::app
