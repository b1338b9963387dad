// The text of rows for programs: JSON, NDJSON, CSV, in pieces that may be made by several threads.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace pluginlake::duck {
class CellWriter;
struct Column;
}  // namespace pluginlake::duck

namespace pluginlake::app {

enum class RowFormat;

// JSON: one array of objects. NDJSON: an object a line. CSV: RFC 4180 with a head line, lines end in LF, an empty field
// is NULL and "" is empty text. The document is Head, pieces of rows with Between between them, Foot. Immutable.
class RowText {
 public:
  virtual ~RowText() = default;
  virtual std::string Head() const = 0;
  virtual std::string Between() const { return {}; }
  // Appends the first `row_count` rows that `cells` is bound to.
  virtual void AppendRows(std::string& out, const duck::CellWriter& cells, std::uint64_t row_count) const = 0;
  virtual std::string Foot(bool has_rows) const = 0;
};

// `format` is not kTable.
std::unique_ptr<RowText> MakeRowText(RowFormat format, std::span<const duck::Column> columns);

// Returns the columns' names, with _1, _2 … behind those that occur again: names of a JSON object.
std::vector<std::string> DistinctNames(std::span<const duck::Column> columns);

}  // namespace pluginlake::app
