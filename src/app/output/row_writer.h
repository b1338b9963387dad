// Streams the rows of a result as a table, JSON, NDJSON or CSV.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "app/output/table_layout.h"

namespace pluginlake::duck {
class CellWriter;
class Result;
struct Column;
}  // namespace pluginlake::duck

namespace pluginlake::app {

enum class RowFormat { kTable, kJson, kNdjson, kCsv };

// The columns of the rows, and a reader of their cells, for what must be known before the first row.
struct RowSchema {
  std::span<const duck::Column> columns;
  const duck::CellWriter& cells;
};

// Receives text in pieces; may throw core::Interrupted when nobody reads any more.
using TextSink = std::function<void(std::string_view)>;

// Writes rows, one chunk at a time; the texts for programs are as row_text.h says. Table: the first rows decide the
// widths.
class RowWriter {
 public:
  virtual ~RowWriter() = default;
  // `cells` is bound to a chunk of `row_count` rows.
  virtual void Write(const duck::CellWriter& cells, std::uint64_t row_count) = 0;
  // Writes what closes the document.
  virtual void Finish() = 0;
  // Returns a remark for people about what is not shown; empty if all is.
  virtual std::string Remark() const { return {}; }
};

std::unique_ptr<RowWriter> MakeRowWriter(RowFormat format, const RowSchema& schema, TableStyle style, TextSink sink);

struct RowLimits {
  TableStyle style;
  std::uint64_t rows_max = 0;  // of a table; what comes after is only counted; 0 = no limit
};

struct RowsWritten {
  std::uint64_t rows = 0;
  std::string remark;
};

// Fetches and writes all rows of `result`, in pieces; the limits hold for a table only.
RowsWritten WriteRows(duck::Result& result, RowFormat format, const RowLimits& limits, const TextSink& sink);

}  // namespace pluginlake::app
