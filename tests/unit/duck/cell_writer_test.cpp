// A cell is spelled as DuckDB's own cast spells it, and as JSON without loss.
#include "pluginlake/duck/cell_writer.h"

#include <gtest/gtest.h>

#include <string>

#include "pluginlake/core/error.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::duck {
namespace {

class CellWriterTest : public ::testing::Test {
 protected:
  CellWriterTest() : database_(DatabaseSettings{}), connection_(database_.Connect()) {}

  std::string Text(const std::string& expression) { return Cell(expression, false); }
  std::string Json(const std::string& expression) { return Cell(expression, true); }
  std::string Cast(const std::string& expression) {
    return connection_.QueryText("SELECT CAST(" + expression + " AS VARCHAR)").value_or("");
  }

  std::string Cell(const std::string& expression, bool json) {
    Result result = connection_.Stream("SELECT " + expression);
    CellWriter writer(result);
    auto chunk = result.Fetch();
    writer.Bind(*chunk);
    std::string out;
    json ? writer.AppendJson(out, 0, 0) : writer.AppendText(out, 0, 0);
    return out;
  }

  Database database_;
  Connection connection_;
};

TEST_F(CellWriterTest, SpellsScalarsAsDuckDbDoes) {
  for (const char* expression : {"42::TINYINT",
                                 "-7::SMALLINT",
                                 "255::UTINYINT",
                                 "9223372036854775807::BIGINT",
                                 "18446744073709551615::UBIGINT",
                                 "170141183460469231731687303715884105727::HUGEINT",
                                 "(-170141183460469231731687303715884105727)::HUGEINT",
                                 "340282366920938463463374607431768211455::UHUGEINT",
                                 "12.50::DECIMAL(6,2)",
                                 "(-0.05)::DECIMAL(6,2)",
                                 "7::DECIMAL(9,0)",
                                 "12345678901234567890123456.123456789012::DECIMAL(38,12)",
                                 "1.0::DOUBLE",
                                 "0.1::DOUBLE",
                                 "1e20::DOUBLE",
                                 "1e15::DOUBLE",
                                 "1.5e-7::DOUBLE",
                                 "-0.0::DOUBLE",
                                 "0.1::FLOAT",
                                 "3.4e38::FLOAT",
                                 "'nan'::DOUBLE",
                                 "'inf'::DOUBLE",
                                 "'-inf'::DOUBLE",
                                 "true",
                                 "DATE '2021-03-04'",
                                 "DATE '0044-03-15 (BC)'",
                                 "DATE '12021-03-04'",
                                 "DATE 'infinity'",
                                 "DATE '-infinity'",
                                 "DATE '1582-10-04'",
                                 "TIME '10:15:00'",
                                 "TIME '10:15:00.25'",
                                 "TIMESTAMP '2021-03-04 10:15:00'",
                                 "TIMESTAMP '2021-03-04 10:15:00.000001'",
                                 "TIMESTAMP '1969-12-31 23:59:59.5'",
                                 "TIMESTAMP 'infinity'",
                                 "TIMESTAMP '0044-03-15 (BC) 10:00:00'",
                                 "'2021-03-04 10:15:00.123'::TIMESTAMP_MS",
                                 "'2021-03-04 10:15:00'::TIMESTAMP_S",
                                 "'2021-03-04 10:15:00.123456789'::TIMESTAMP_NS",
                                 "'10:15:00.5+02'::TIMETZ",
                                 "'10:15:00-03:30'::TIMETZ",
                                 "INTERVAL '14 months 3 days 4 hours'",
                                 "INTERVAL '0 days'",
                                 "INTERVAL '-5 minutes'",
                                 "INTERVAL '1 month'",
                                 "INTERVAL '1 day 0.25 seconds'",
                                 "INTERVAL '-14 months'",
                                 "'6ba7b810-9dad-11d1-80b4-00c04fd430c8'::UUID",
                                 "'101011'::BIT",
                                 "'x'::ENUM('w','x')",
                                 "'Zoë'",
                                 "'2021-03-04T10:15:00Z'::TIMESTAMPTZ"}) {
    EXPECT_EQ(Text(expression), Cast(expression)) << expression;
  }
}

TEST_F(CellWriterTest, WritesADigitBeforeThePoint) {
  EXPECT_EQ(Text("0::DECIMAL(4,4)"), "0.0000");
  EXPECT_EQ(Json("(-0.1234)::DECIMAL(4,4)"), "-0.1234");
}

TEST_F(CellWriterTest, WritesBlobsAsHex) { EXPECT_EQ(Text("'\\x00\\xFFa'::BLOB"), "00ff61"); }

TEST_F(CellWriterTest, WritesJsonWithoutLoss) {
  EXPECT_EQ(Json("9007199254740993::BIGINT"), "9007199254740993");
  EXPECT_EQ(Json("12.50::DECIMAL(6,2)"), "12.50");
  EXPECT_EQ(Json("NULL"), "null");
  EXPECT_EQ(Json("NULL::DATE"), "null");
  EXPECT_EQ(Json("DATE '2021-03-04'"), "\"2021-03-04\"");
  EXPECT_EQ(Json("'a\"b\\c' || chr(10) || chr(1)"), R"("a\"b\\c\n\u0001")");
  EXPECT_EQ(Json("'nan'::DOUBLE"), "\"nan\"");
  EXPECT_EQ(Json("false"), "false");
}

TEST_F(CellWriterTest, WritesNestedValues) {
  EXPECT_EQ(Json("[1, NULL, 3]"), "[1,null,3]");
  EXPECT_EQ(Json("[]::INTEGER[]"), "[]");
  EXPECT_EQ(Json("{'a': 1, 'b': ['x', NULL]}"), R"({"a":1,"b":["x",null]})");
  EXPECT_EQ(Json("row(1, 'x')"), R"([1,"x"])");
  EXPECT_EQ(Json("MAP {'k': 1.5::DECIMAL(3,2), 'l': NULL}"), R"({"k":1.50,"l":null})");
  EXPECT_EQ(Json("[[1, 2], [3, 4]]::INTEGER[2][2]"), "[[1,2],[3,4]]");
  EXPECT_EQ(Json("union_value(num := 2)"), R"({"num":2})");
  EXPECT_EQ(Text("{'a': NULL}"), R"({"a":null})");
}

TEST_F(CellWriterTest, KeepsJsonColumnsAsTheyAreOnOneLine) {
  EXPECT_EQ(Json("('{\"a\":' || chr(10) || '1.50}')::JSON"), R"({"a": 1.50})");
  EXPECT_EQ(Json("['{\"a\":1}'::JSON]"), R"([{"a":1}])");
}

TEST_F(CellWriterTest, RefusesWhatItCannotSpell) { EXPECT_THROW(Json("'1'::VARIANT"), core::Error); }

}  // namespace
}  // namespace pluginlake::duck
