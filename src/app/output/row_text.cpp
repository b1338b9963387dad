// Spells rows.
#include "app/output/row_text.h"

#include <set>
#include <string_view>
#include <utility>

#include "app/output/row_writer.h"
#include "pluginlake/duck/cell_writer.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::app {
namespace {

// Writes `{"a":1,"b":null}` for each row.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::span<const duck::Column> columns) {
    for (const std::string& name : DistinctNames(columns)) {
      std::string key;
      duck::AppendJsonString(key, name);
      keys_.push_back(key + ":");
    }
  }

  void Append(std::string& out, const duck::CellWriter& cells, std::uint64_t row) const {
    out += '{';
    for (std::size_t i = 0; i < keys_.size(); ++i) {
      out += i == 0 ? "" : ",";
      out += keys_[i];
      cells.AppendJson(out, i, row);
    }
    out += '}';
  }

 private:
  std::vector<std::string> keys_;
};

class JsonText final : public RowText {
 public:
  explicit JsonText(std::span<const duck::Column> columns) : objects_(columns) {}

  std::string Head() const override { return "["; }
  std::string Between() const override { return ",\n "; }
  void AppendRows(std::string& out, const duck::CellWriter& cells, std::uint64_t row_count) const override {
    for (std::uint64_t row = 0; row < row_count; ++row) {
      out += row == 0 ? "" : ",\n ";
      objects_.Append(out, cells, row);
    }
  }
  std::string Foot(bool) const override { return "]\n"; }

 private:
  ObjectWriter objects_;
};

class NdjsonText final : public RowText {
 public:
  explicit NdjsonText(std::span<const duck::Column> columns) : objects_(columns) {}

  std::string Head() const override { return {}; }
  void AppendRows(std::string& out, const duck::CellWriter& cells, std::uint64_t row_count) const override {
    for (std::uint64_t row = 0; row < row_count; ++row) {
      objects_.Append(out, cells, row);
      out += '\n';
    }
  }
  std::string Foot(bool) const override { return {}; }

 private:
  ObjectWriter objects_;
};

// Appends a CSV field: quoted if it must be, or if it is empty text.
void AppendField(std::string& out, std::string_view text) {
  if (!text.empty() && text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    out += c == '"' ? "\"\"" : std::string_view(&c, 1);
  }
  out += '"';
}

class CsvText final : public RowText {
 public:
  explicit CsvText(std::span<const duck::Column> columns) : column_count_(columns.size()) {
    for (const duck::Column& column : columns) {
      head_ += head_.empty() ? "" : ",";
      AppendField(head_, column.name);
    }
    head_ += '\n';
  }

  std::string Head() const override { return head_; }
  void AppendRows(std::string& out, const duck::CellWriter& cells, std::uint64_t row_count) const override {
    std::string cell;
    for (std::uint64_t row = 0; row < row_count; ++row) {
      for (std::uint64_t column = 0; column < column_count_; ++column) {
        out += column == 0 ? "" : ",";
        if (!cells.IsNull(column, row)) {
          cell.clear();
          cells.AppendText(cell, column, row);
          AppendField(out, cell);
        }
      }
      out += '\n';
    }
  }
  std::string Foot(bool) const override { return {}; }

 private:
  std::string head_;
  std::uint64_t column_count_;
};

}  // namespace

std::vector<std::string> DistinctNames(std::span<const duck::Column> columns) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const duck::Column& column : columns) {
    std::string name = column.name;
    for (int n = 1; !taken.insert(name).second; ++n) {
      name = column.name + "_" + std::to_string(n);
    }
    names.push_back(std::move(name));
  }
  return names;
}

std::unique_ptr<RowText> MakeRowText(RowFormat format, std::span<const duck::Column> columns) {
  switch (format) {
    case RowFormat::kJson:
      return std::make_unique<JsonText>(columns);
    case RowFormat::kCsv:
      return std::make_unique<CsvText>(columns);
    default:
      return std::make_unique<NdjsonText>(columns);
  }
}

}  // namespace pluginlake::app
