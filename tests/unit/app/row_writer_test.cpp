// Rows come out exact in every format, and a table fits its terminal.
#include "app/output/row_writer.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "app/output/display_width.h"
#include "pluginlake/duck/connection.h"
#include "pluginlake/duck/database.h"

namespace pluginlake::app {
namespace {

class RowWriterTest : public ::testing::Test {
 protected:
  RowWriterTest() : database_(duck::DatabaseSettings{}), connection_(database_.Connect()) {}

  std::string Rows(const std::string& sql, RowFormat format, TableStyle style = {}) {
    duck::Result result = connection_.Stream(sql);
    std::string out;
    written_ = WriteRows(result, format, {.style = style, .rows_max = rows_max_},
                         [&](std::string_view piece) { out += piece; });
    return out;
  }

  duck::Database database_;
  duck::Connection connection_;
  RowsWritten written_;
  std::uint64_t rows_max_ = 0;
};

TEST_F(RowWriterTest, WritesCsvThatTellsNullFromEmpty) {
  EXPECT_EQ(Rows("SELECT 1 AS a, NULL AS b, '' AS c, 'x,\"y\"' || chr(10) AS \"d,e\"", RowFormat::kCsv),
            "a,b,c,\"d,e\"\n1,,\"\",\"x,\"\"y\"\"\n\"\n");
}

TEST_F(RowWriterTest, WritesOneJsonDocument) {
  EXPECT_EQ(Rows("SELECT 1 AS a, 'x' AS a", RowFormat::kJson), "[{\"a\":1,\"a_1\":\"x\"}]\n");
  EXPECT_EQ(Rows("SELECT 1 AS a WHERE false", RowFormat::kJson), "[]\n");
  EXPECT_EQ(nlohmann::json::parse(Rows("SELECT i FROM range(5000) t(i)", RowFormat::kJson)).size(), 5000u);
}

TEST_F(RowWriterTest, WritesAnObjectALine) {
  EXPECT_EQ(Rows("SELECT i, NULL AS n FROM range(2) t(i)", RowFormat::kNdjson),
            "{\"i\":0,\"n\":null}\n{\"i\":1,\"n\":null}\n");
}

TEST_F(RowWriterTest, AlignsATable) {
  EXPECT_EQ(
      Rows("SELECT * FROM (VALUES ('Zoë', 7, NULL), ('Bas', 1234, 'x')) t(name, visits, note)", RowFormat::kTable),
      "name  visits  note\n"
      "────  ──────  ────\n"
      "Zoë        7  NULL\n"
      "Bas     1234  x\n");
  EXPECT_EQ(written_.rows, 2u);
}

TEST_F(RowWriterTest, FitsATerminal) {
  const std::string table =
      Rows("SELECT repeat('a', 60) AS wide, repeat('b', 30) AS other, 1 AS n", RowFormat::kTable, {.width_max = 40});
  std::string_view rest = table;
  while (!rest.empty()) {
    EXPECT_LE(DisplayWidth(rest.substr(0, rest.find('\n'))), 40u);
    rest.remove_prefix(rest.find('\n') + 1);
  }
  EXPECT_NE(table.find("…"), std::string::npos);
  EXPECT_NE(written_.remark.find("shortened"), std::string::npos);
  Rows("SELECT COLUMNS(*)::VARCHAR FROM (SELECT * FROM duckdb_settings())", RowFormat::kTable, {.width_max = 20});
  EXPECT_NE(written_.remark.find("not shown"), std::string::npos);
}

TEST_F(RowWriterTest, LetsNoDataSteerTheTerminal) {
  EXPECT_EQ(Rows("SELECT 'a' || chr(27) || '[2J' || chr(10) || chr(155) AS x", RowFormat::kTable).find('\x1b'),
            std::string::npos);
}

TEST_F(RowWriterTest, CountsWhatItDoesNotShow) {
  rows_max_ = 10;
  const std::string table = Rows("SELECT i FROM range(5000) t(i)", RowFormat::kTable);
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 12);
  EXPECT_EQ(written_.rows, 5000u);
  EXPECT_EQ(written_.remark, "the first 10 are shown");
  EXPECT_EQ(nlohmann::json::parse(Rows("SELECT i FROM range(5000) t(i)", RowFormat::kJson)).size(), 5000u);
}

TEST_F(RowWriterTest, StreamsLongTables) {
  const std::string table = Rows("SELECT i, 'row ' || i AS t FROM range(10000) t(i)", RowFormat::kTable);
  EXPECT_EQ(std::count(table.begin(), table.end(), '\n'), 10002);
}

TEST(DisplayWidth, KnowsMarksAndWideCharacters) {
  EXPECT_EQ(DisplayWidth("Zoë"), 3u);
  EXPECT_EQ(DisplayWidth("e\xCC\x81"), 1u);
  EXPECT_EQ(DisplayWidth("漢字"), 4u);
  EXPECT_EQ(Shortened("abcdef", 4), "abc…");
  EXPECT_EQ(Shortened("abcd", 4), "abcd");
  EXPECT_EQ(Shortened("漢字漢字", 5), "漢字…");
}

}  // namespace
}  // namespace pluginlake::app
