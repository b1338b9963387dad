// Chunks written through ChunkWriter: every type, nested ones, NULL everywhere, lists that outgrow their first room.
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "pluginlake/core/error.h"
#include "pluginlake/duck/appender.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"
#include "pluginlake/duck/source_table.h"

namespace pluginlake::duck {
namespace {

constexpr const char* kTypes[] = {"BOOLEAN",
                                  "INTEGER",
                                  "BIGINT",
                                  "DOUBLE",
                                  "DATE",
                                  "DECIMAL(4,1)",
                                  "DECIMAL(9,2)",
                                  "DECIMAL(18,3)",
                                  "TIMESTAMP WITH TIME ZONE",
                                  "VARCHAR[]",
                                  "STRUCT(\"system\" VARCHAR, codes VARCHAR[], flag BOOLEAN)[]"};
constexpr std::uint64_t kColumns = std::size(kTypes);

// Row 0 of a chunk: NULL; else values that depend on `n`.
void WriteTypedRow(ChunkWriter& writer, std::uint64_t row, std::int64_t n) {
  if (n % 7 == 3) {
    for (std::uint64_t column = 0; column < kColumns; ++column) {
      writer.SetNull(column, row);
    }
    return;
  }
  writer.SetBool(0, row, n % 2 == 0);
  writer.SetInt64(1, row, -n);
  writer.SetInt64(2, row, n << 33);
  writer.SetDouble(3, row, 0.5 * static_cast<double>(n));
  writer.SetInt64(4, row, n);
  writer.SetInt64(5, row, n % 10000);
  writer.SetInt64(6, row, n);
  writer.SetInt64(7, row, n);
  writer.SetInt64(8, row, n * 1'000'000);
  const auto elements = static_cast<std::uint64_t>(n % 5);
  const std::uint64_t texts = writer.AppendList(9, row, elements);
  const std::uint64_t structs = writer.AppendList(10, row, elements);
  for (std::uint64_t i = 0; i < elements; ++i) {
    writer.Nested(9).SetText(0, texts + i, "a text that is longer than twelve bytes " + std::to_string(i));
    ChunkWriter& fields = writer.Nested(10).Nested(0);
    if (i == 1) {
      writer.Nested(10).SetNull(0, structs + i);
      continue;
    }
    fields.SetText(0, structs + i, "s" + std::to_string(i));
    const std::uint64_t codes = fields.AppendList(1, structs + i, 2);
    fields.Nested(1).SetText(0, codes, "c");
    fields.Nested(1).SetNull(0, codes + 1);
    fields.SetBool(2, structs + i, true);
  }
}

std::string TableSql(const std::string& name) {
  std::string sql = "CREATE TABLE " + name + " (";
  for (std::uint64_t column = 0; column < kColumns; ++column) {
    sql += (column == 0 ? "c" : ", c") + std::to_string(column) + " " + kTypes[column];
  }
  return sql + ")";
}

// The same rows as DuckDB makes them.
constexpr const char* kExpected = R"(
SELECT CASE WHEN n % 7 = 3 THEN NULL ELSE n % 2 = 0 END, CASE WHEN n % 7 = 3 THEN NULL ELSE -n END,
       CASE WHEN n % 7 = 3 THEN NULL ELSE n * 8589934592 END, CASE WHEN n % 7 = 3 THEN NULL ELSE n * 0.5 END,
       CASE WHEN n % 7 = 3 THEN NULL ELSE DATE '1970-01-01' + n::INTEGER END,
       CASE WHEN n % 7 = 3 THEN NULL ELSE (n % 10000) / 10 END, CASE WHEN n % 7 = 3 THEN NULL ELSE n / 100 END,
       CASE WHEN n % 7 = 3 THEN NULL ELSE n / 1000 END, CASE WHEN n % 7 = 3 THEN NULL ELSE to_timestamp(n) END,
       CASE WHEN n % 7 = 3 THEN NULL
            ELSE [ 'a text that is longer than twelve bytes ' || i FOR i IN range(n % 5) ] END,
       CASE WHEN n % 7 = 3 THEN NULL
            ELSE [ CASE WHEN i = 1 THEN NULL ELSE {'system': 's' || i, 'codes': ['c', NULL], 'flag': true} END
                   FOR i IN range(n % 5) ] END
FROM range(10000) AS t (n))";

void ExpectTheRows(Connection& connection, const std::string& table) {
  connection.Query(TableSql("expected"));
  connection.Query(std::string("INSERT INTO expected ") + kExpected);
  const std::string difference = "SELECT count(*) FROM (FROM " + table + " EXCEPT ALL FROM expected)";
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM " + table), 10000);
  EXPECT_EQ(connection.QueryInt64(difference), 0);
}

TEST(ChunkAppenderTest, AppendsEveryType) {
  Database database{DatabaseSettings{}};
  Connection connection = database.Connect();
  connection.Query(TableSql("t"));
  ChunkAppender appender(connection, {.catalog = "", .schema = "", .table = "t"});
  std::uint64_t row = 0;
  for (std::int64_t n = 0; n < 10000; ++n) {
    WriteTypedRow(appender.writer(), row++, n);
    if (row == appender.writer().capacity()) {
      appender.Append(row);
      row = 0;
    }
  }
  appender.Append(row);
  appender.Close();
  ExpectTheRows(connection, "t");
}

TEST(ChunkAppenderTest, WhatWasNotClosedIsDropped) {
  Database database{DatabaseSettings{}};
  Connection connection = database.Connect();
  connection.Query("CREATE TABLE t (n BIGINT)");
  {
    ChunkAppender appender(connection, {.catalog = "", .schema = "", .table = "t"});
    appender.writer().SetInt64(0, 0, 1);
    appender.Append(1);
  }
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM t"), 0);
  EXPECT_THROW(ChunkAppender(connection, {.catalog = "", .schema = "", .table = "missing"}), core::Error);
}

class TypedReader final : public ChunkReader {
 public:
  std::uint64_t Read(ChunkWriter& writer) override {
    std::uint64_t row = 0;
    for (; row < writer.capacity() && next_ < 10000; ++row) {
      WriteTypedRow(writer, row, next_++);
    }
    return row;
  }

 private:
  std::int64_t next_ = 0;
};

class TypedSource final : public ChunkSource {
 public:
  std::vector<Column> Columns() const override {
    std::vector<Column> columns;
    for (std::uint64_t column = 0; column < kColumns; ++column) {
      columns.push_back({"c" + std::to_string(column), kTypes[column]});
    }
    return columns;
  }
  std::unique_ptr<ChunkReader> Open() override { return std::make_unique<TypedReader>(); }
};

TEST(ChunkAppenderTest, ASourceHasEveryTypeToo) {
  Database database{DatabaseSettings{}};
  Connection connection = database.Connect();
  TypedSource source;
  const SourceTable table(connection, source, 1);
  connection.Query("CREATE TABLE t AS FROM pluginlake_source($1)", {table.number()});
  ExpectTheRows(connection, "t");
  for (std::uint64_t column = 0; column < kColumns; ++column) {
    EXPECT_EQ(connection.QueryText("SELECT typeof(c" + std::to_string(column) + ") FROM t LIMIT 1"), kTypes[column]);
  }
}

}  // namespace
}  // namespace pluginlake::duck
