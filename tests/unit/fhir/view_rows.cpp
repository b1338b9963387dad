// Test support: see view_rows.h.
#include "view_rows.h"

#include <nlohmann/json.hpp>

#include "pluginlake/core/error.h"
#include "pluginlake/fhir/json_tape.h"
#include "pluginlake/fhir/json_text.h"
#include "pluginlake/fhir/view.h"
#include "pluginlake/fhir/view_evaluator.h"

namespace pluginlake::fhir {

std::string& JsonWriter::Cell(std::uint64_t column, std::uint64_t row) {
  if (columns_.size() <= column) {
    columns_.resize(column + 1);
  }
  Column& target = columns_[column];
  if (target.cells.size() <= row) {
    target.cells.resize(row + 1);
    target.lists.resize(row + 1);
  }
  return target.cells[row];
}

void JsonWriter::SetDouble(std::uint64_t column, std::uint64_t row, double value) {
  Cell(column, row) = nlohmann::json(value).dump();
}

void JsonWriter::SetText(std::uint64_t column, std::uint64_t row, std::string_view value) {
  Cell(column, row).clear();
  AppendQuoted(value, Cell(column, row));
}

std::uint64_t JsonWriter::AppendList(std::uint64_t column, std::uint64_t row, std::uint64_t count) {
  Cell(column, row).clear();
  Column& target = columns_[column];
  target.lists[row] = {target.elements, count, true};
  target.elements += count;
  return target.lists[row].first;
}

duck::ChunkWriter& JsonWriter::Nested(std::uint64_t column) {
  if (columns_.size() <= column) {
    columns_.resize(column + 1);
  }
  if (columns_[column].nested == nullptr) {
    columns_[column].nested = std::make_unique<JsonWriter>();
  }
  return *columns_[column].nested;
}

std::string JsonWriter::Text(const Column& column, std::uint64_t row) const {
  if (row < column.cells.size() && !column.cells[row].empty()) {
    return column.cells[row];
  }
  if (row < column.lists.size() && column.lists[row].is_list) {
    std::string text = "[";
    for (std::uint64_t i = 0; i < column.lists[row].count; ++i) {
      text += i == 0 ? "" : ",";
      text += column.nested->Text(column.nested->columns_[0], column.lists[row].first + i);
    }
    return text + "]";
  }
  return column.nested == nullptr ? "unwritten" : column.nested->Row(row, column.nested->columns_.size());
}

std::string JsonWriter::Row(std::uint64_t row, std::uint64_t columns) const {
  std::string text = "[";
  for (std::uint64_t column = 0; column < columns; ++column) {
    text += column == 0 ? "" : ",";
    text += column < columns_.size() ? Text(columns_[column], row) : "unwritten";
  }
  return text + "]";
}

Evaluated Evaluate(const View& view, const std::vector<std::string>& resources) {
  const View* const views[] = {&view};
  ViewEvaluator evaluator(views);
  JsonTape tape(TapeLimits{});
  Evaluated evaluated;
  for (const std::string& resource : resources) {
    const std::string padded = resource + std::string(kKeptPadding, ' ');
    if (tape.Build(std::string_view(padded).substr(0, resource.size())) != TapeFault::kNone) {
      evaluated.error = "the test's resource is no JSON";
      return evaluated;
    }
    const ViewOutcome outcome = evaluator.Evaluate(tape)[0];
    evaluated.warnings += outcome.warnings;
    if (!outcome.error.empty() && evaluated.error.empty()) {
      evaluated.error = std::string(outcome.error) + (outcome.column.empty() ? "" : ": ") + std::string(outcome.column);
    }
    for (std::uint64_t row = 0; row < evaluator.RowCount(0); ++row) {
      JsonWriter writer;
      evaluator.WriteRow(0, row, writer, 0, 0);
      evaluated.rows.push_back(writer.Row(0, view.columns().size()));
    }
  }
  return evaluated;
}

std::string RowsOf(std::string_view view, const std::string& resource) {
  const Evaluated evaluated = Evaluate(*View::Compile(view), {resource});
  if (!evaluated.error.empty()) {
    return "error: " + evaluated.error;
  }
  std::string text;
  for (const std::string& row : evaluated.rows) {
    text += (text.empty() ? "" : "\n") + row;
  }
  return text;
}

namespace {

std::string ViewOfColumn(const std::string& path, const std::string& type, const std::string& more) {
  std::string quoted;
  AppendQuoted(path, quoted);
  return R"({"resource":")" + type + R"(","select":[{"column":[{"name":"c","path":)" + quoted + more + "}]}]}";
}

}  // namespace

std::string Column(const std::string& path, const std::string& resource, const std::string& more) {
  const std::string type = nlohmann::json::parse(resource).at("resourceType");
  const std::string row = RowsOf(ViewOfColumn(path, type, more), resource);
  return row.starts_with('[') ? row.substr(1, row.size() - 2) : row;
}

std::string RefusalOf(std::string_view view) {
  try {
    View::Compile(view);
  } catch (const core::Error& error) {
    return error.code() + " " + error.what();
  }
  return {};
}

std::string ColumnRefusal(const std::string& path, const std::string& more) {
  return RefusalOf(ViewOfColumn(path, "Patient", more));
}

}  // namespace pluginlake::fhir
