// Streams the rows of a result as a table, JSON, NDJSON or CSV.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/output/table_layout.h"

namespace pluginlake::duck {
class CellWriter;
class Chunk;
class Result;
}  // namespace pluginlake::duck

namespace pluginlake::app {

enum class RowFormat { kTable, kJson, kNdjson, kCsv };

// Receives text in pieces; may throw core::Interrupted when nobody reads any more.
using TextSink = std::function<void(std::string_view)>;

// Writes rows, one chunk at a time. JSON: one array of objects. NDJSON: an object a line. CSV: RFC 4180 with a head
// line, lines end in LF, an empty field is NULL and "" is empty text. Table: the first rows decide the widths.
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

std::unique_ptr<RowWriter> MakeRowWriter(RowFormat format, const duck::Result& result, TableStyle style, TextSink sink);

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

// Returns the columns' names, with _1, _2 … behind those that occur again: names of a JSON object.
std::vector<std::string> DistinctNames(const duck::Result& result);

}  // namespace pluginlake::app
