// Compiles a view, evaluates it over resources, and gives the rows as JSON text, as the evaluator wrote them.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pluginlake/duck/chunk_writer.h"

namespace pluginlake::fhir {

class View;

// Keeps what is written as JSON: texts in quotes, numbers bare, NULL as null.
class JsonWriter final : public duck::ChunkWriter {
 public:
  std::uint64_t capacity() const override { return 2048; }
  void SetNull(std::uint64_t column, std::uint64_t row) override { Cell(column, row) = "null"; }
  void SetBool(std::uint64_t column, std::uint64_t row, bool value) override {
    Cell(column, row) = value ? "true" : "false";
  }
  void SetInt64(std::uint64_t column, std::uint64_t row, std::int64_t value) override {
    Cell(column, row) = std::to_string(value);
  }
  void SetDouble(std::uint64_t column, std::uint64_t row, double value) override;
  void SetText(std::uint64_t column, std::uint64_t row, std::string_view value) override;
  std::uint64_t AppendList(std::uint64_t column, std::uint64_t row, std::uint64_t count) override;
  duck::ChunkWriter& Nested(std::uint64_t column) override;

  // Returns the cells of a row, nested ones too, as a JSON array.
  std::string Row(std::uint64_t row, std::uint64_t columns) const;

 private:
  struct List {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    bool is_list = false;
  };
  struct Column {
    std::vector<std::string> cells;
    std::vector<List> lists;
    std::uint64_t elements = 0;
    std::unique_ptr<JsonWriter> nested;
  };

  std::string& Cell(std::uint64_t column, std::uint64_t row);
  std::string Text(const Column& column, std::uint64_t row) const;

  std::vector<Column> columns_;
};

// What evaluating gave.
struct Evaluated {
  std::vector<std::string> rows;  // JSON arrays
  std::string error;              // the first one, with its column
  std::uint64_t warnings = 0;
};

// Evaluates `view` over `resources`, whose types are the view's.
Evaluated Evaluate(const View& view, const std::vector<std::string>& resources);

// Compiles `view` and returns the rows of one resource, joined by line feeds; an error as "error: …".
std::string RowsOf(std::string_view view, const std::string& resource);

// The same for one column with `path` over a resource; `more` are further members of the column.
std::string Column(const std::string& path, const std::string& resource, const std::string& more = "");

// Returns code and message of what the compiler says to a view; empty when it takes it.
std::string RefusalOf(std::string_view view);
// The same for one column over Patient.
std::string ColumnRefusal(const std::string& path, const std::string& more = "");

}  // namespace pluginlake::fhir
