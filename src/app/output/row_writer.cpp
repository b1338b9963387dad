// Streams rows, and pulls chunks for every format.
#include "app/output/row_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/output/row_text.h"
#include "app/output/table_rows.h"
#include "pluginlake/duck/cell_writer.h"
#include "pluginlake/duck/connection.h"

namespace pluginlake::app {
namespace {

// Streams the text of a RowText.
class TextRows final : public RowWriter {
 public:
  TextRows(std::unique_ptr<RowText> text, TextSink sink) : text_(std::move(text)), sink_(std::move(sink)) {
    const std::string head = text_->Head();
    if (!head.empty()) sink_(head);
  }

  void Write(const duck::CellWriter& cells, std::uint64_t row_count) override {
    std::string out;
    if (row_count > 0 && std::exchange(has_rows_, true)) {
      out += text_->Between();
    }
    text_->AppendRows(out, cells, row_count);
    sink_(out);
  }
  void Finish() override {
    const std::string foot = text_->Foot(has_rows_);
    if (!foot.empty()) sink_(foot);
  }

 private:
  std::unique_ptr<RowText> text_;
  TextSink sink_;
  bool has_rows_ = false;
};

}  // namespace

std::unique_ptr<RowWriter> MakeRowWriter(RowFormat format, const RowSchema& schema, TableStyle style, TextSink sink) {
  if (format == RowFormat::kTable) {
    return MakeTableRows(schema, style, std::move(sink));
  }
  return std::make_unique<TextRows>(MakeRowText(format, schema.columns), std::move(sink));
}

RowsWritten WriteRows(duck::Result& result, RowFormat format, const RowLimits& limits, const TextSink& sink) {
  duck::CellWriter cells(result);
  const std::unique_ptr<RowWriter> writer = MakeRowWriter(format, {result.columns(), cells}, limits.style, sink);
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
