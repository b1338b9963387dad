// Where rows are written, column by column, whoever takes them: a FROM clause, an appender.
#pragma once

#include <cstdint>
#include <string_view>

namespace pluginlake::duck {

// One chunk of rows, at most capacity(). Each cell is written once. Text is copied. Nested values: a LIST gets its
// elements' places by AppendList and their values through Nested(column), whose column 0 they are; a STRUCT's fields
// are the columns of Nested(column), in the same row.
class ChunkWriter {
 public:
  virtual ~ChunkWriter() = default;
  virtual std::uint64_t capacity() const = 0;
  virtual void SetNull(std::uint64_t column, std::uint64_t row) = 0;
  virtual void SetBool(std::uint64_t column, std::uint64_t row, bool value) = 0;
  // BIGINT, INTEGER, TIMESTAMPTZ (micros), DATE (days since 1970), DECIMAL up to 18 digits (units of its last digit).
  virtual void SetInt64(std::uint64_t column, std::uint64_t row, std::int64_t value) = 0;
  virtual void SetDouble(std::uint64_t column, std::uint64_t row, double value) = 0;
  virtual void SetText(std::uint64_t column, std::uint64_t row, std::string_view value) = 0;
  // Makes the cell a list of `count` elements and returns the row of the first one in Nested(column).
  virtual std::uint64_t AppendList(std::uint64_t column, std::uint64_t row, std::uint64_t count) = 0;
  // Lives as long as this writer.
  virtual ChunkWriter& Nested(std::uint64_t column) = 0;
};

}  // namespace pluginlake::duck
