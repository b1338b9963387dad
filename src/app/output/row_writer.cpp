// Streams rows as text for programs, and pulls chunks for every format.
#include "app/output/row_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "app/output/table_rows.h"
#include "pluginlake/duck/cell_writer.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::app {
namespace {

// Writes `{"a":1,"b":null}` for each row.
class ObjectWriter {
 public:
  explicit ObjectWriter(const duck::Result& result) {
    for (const std::string& name : DistinctNames(result)) {
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

class JsonRows final : public RowWriter {
 public:
  JsonRows(const duck::Result& result, TextSink sink) : objects_(result), sink_(std::move(sink)) {}

  void Write(const duck::CellWriter& cells, std::uint64_t row_count) override {
    std::string out;
    for (std::uint64_t row = 0; row < row_count; ++row) {
      out += std::exchange(is_first_, false) ? "[" : ",\n ";
      objects_.Append(out, cells, row);
    }
    sink_(out);
  }
  void Finish() override { sink_(is_first_ ? "[]\n" : "]\n"); }

 private:
  ObjectWriter objects_;
  TextSink sink_;
  bool is_first_ = true;
};

class NdjsonRows final : public RowWriter {
 public:
  NdjsonRows(const duck::Result& result, TextSink sink) : objects_(result), sink_(std::move(sink)) {}

  void Write(const duck::CellWriter& cells, std::uint64_t row_count) override {
    std::string out;
    for (std::uint64_t row = 0; row < row_count; ++row) {
      objects_.Append(out, cells, row);
      out += '\n';
    }
    sink_(out);
  }
  void Finish() override {}

 private:
  ObjectWriter objects_;
  TextSink sink_;
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

class CsvRows final : public RowWriter {
 public:
  CsvRows(const duck::Result& result, TextSink sink) : sink_(std::move(sink)), column_count_(result.columns().size()) {
    std::string head;
    for (const duck::Column& column : result.columns()) {
      head += head.empty() ? "" : ",";
      AppendField(head, column.name);
    }
    sink_(head + "\n");
  }

  void Write(const duck::CellWriter& cells, std::uint64_t row_count) override {
    std::string out;
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
    sink_(out);
  }
  void Finish() override {}

 private:
  TextSink sink_;
  std::uint64_t column_count_;
};

}  // namespace

std::vector<std::string> DistinctNames(const duck::Result& result) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (const duck::Column& column : result.columns()) {
    std::string name = column.name;
    for (int n = 1; !taken.insert(name).second; ++n) {
      name = column.name + "_" + std::to_string(n);
    }
    names.push_back(std::move(name));
  }
  return names;
}

std::unique_ptr<RowWriter> MakeRowWriter(RowFormat format, const duck::Result& result, TableStyle style,
                                         TextSink sink) {
  switch (format) {
    case RowFormat::kJson:
      return std::make_unique<JsonRows>(result, std::move(sink));
    case RowFormat::kNdjson:
      return std::make_unique<NdjsonRows>(result, std::move(sink));
    case RowFormat::kCsv:
      return std::make_unique<CsvRows>(result, std::move(sink));
    case RowFormat::kTable:
      break;
  }
  return MakeTableRows(result, style, std::move(sink));
}

RowsWritten WriteRows(duck::Result& result, RowFormat format, const RowLimits& limits, const TextSink& sink) {
  duck::CellWriter cells(result);
  const std::unique_ptr<RowWriter> writer = MakeRowWriter(format, result, limits.style, sink);
  const bool limited = format == RowFormat::kTable && limits.rows_max > 0;
  RowsWritten written;
  std::uint64_t shown = 0;
  while (const auto chunk = result.Fetch()) {
    written.rows += chunk->row_count();
    const std::uint64_t count = limited ? std::min(chunk->row_count(), limits.rows_max - shown) : chunk->row_count();
    if (count > 0) {
      cells.Bind(*chunk);
      writer->Write(cells, count);
      shown += count;
    }
  }
  writer->Finish();
  written.remark = shown < written.rows ? fmt::format("the first {} are shown", shown) : writer->Remark();
  return written;
}

}  // namespace pluginlake::app
