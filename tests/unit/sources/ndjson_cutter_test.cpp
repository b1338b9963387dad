// NDJSON is cut into lines, whatever the line ends, block sizes and ends of the file.
#include <gtest/gtest.h>

#include "cut_text.h"

namespace pluginlake::sources {
namespace {

std::vector<CutRecord> Cut(const std::string& text) { return CutText(text, Layout::kNdjson, SmallLimits()); }

TEST(NdjsonCutter, CutsLinesAndNumbersThem) {
  const auto records = Cut("{\"a\":1}\n\n  \r\n{\"b\":2}\r\n{\"c\":3}");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].bytes, "{\"a\":1}");
  EXPECT_EQ(records[1].bytes, "{\"b\":2}");
  EXPECT_EQ(records[1].line, 4U);
  EXPECT_EQ(records[2].line, 5U);
  EXPECT_EQ(records[2].ordinal, 2U);
  EXPECT_FALSE(records[2].in_bundle);
}

TEST(NdjsonCutter, EmptyAndBlankFilesHoldNothing) {
  EXPECT_TRUE(Cut("").empty());
  EXPECT_TRUE(Cut(" \n\t\r\n ").empty());
  EXPECT_TRUE(Cut("\xEF\xBB\xBF").empty());
}

TEST(NdjsonCutter, StepsOverAByteOrderMark) { EXPECT_EQ(Cut("\xEF\xBB\xBF{\"a\":1}\n").at(0).bytes, "{\"a\":1}"); }

TEST(NdjsonCutter, LinesLongerThanABlockComeOutWhole) {
  const std::string line = "{\"a\":\"" + std::string(5000, 'x') + "\"}";
  const auto records = Cut("{}\n" + line + "\n{}\n");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[1].bytes, line);
  EXPECT_EQ(records[2].line, 3U);
}

TEST(NdjsonCutter, ALineAboveTheLimitIsOneFaultAndTheNextLinesAreRead) {
  const std::string line = "{\"a\":\"" + std::string(3 << 20, 'x') + "\"}";
  for (const std::string& end : {"\n{\"b\":1}\n", "\n{\"b\":1}"}) {
    const auto records = Cut("{}\n" + line + end);
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[1].fault, "too_large");
    EXPECT_NE(records[1].message.find("sources.resource_mb_max"), std::string::npos);
    EXPECT_EQ(records[1].line, 2U);
    EXPECT_EQ(records[2].bytes, "{\"b\":1}");
    EXPECT_EQ(records[2].line, 3U);
  }
  EXPECT_EQ(Cut(line).size(), 1U);
}

TEST(NdjsonCutter, ABundleOnALineGivesItsEntriesWithThatLine) {
  const auto records =
      Cut("{\"id\":\"1\"}\n"
          "{\"type\":\"batch\",\"entry\":[{\"resource\":{\"id\":\"2\"}},{\"resource\":{\"id\":\"3\"}}],"
          "\"resourceType\":\"Bundle\"}\n"
          "{\"resourceType\":\"Bundle\"}\n"
          "{\"resourceType\": \"List\", \"entry\": [{}]}");
  ASSERT_EQ(records.size(), 4U);
  EXPECT_EQ(records[1].bytes, "{\"id\":\"2\"}");
  EXPECT_EQ(records[2].bytes, "{\"id\":\"3\"}");
  EXPECT_EQ(records[1].line, 2U);
  EXPECT_EQ(records[2].line, 2U);
  EXPECT_TRUE(records[2].in_bundle);
  EXPECT_EQ(records[3].line, 4U);
  EXPECT_FALSE(records[3].in_bundle);
}

TEST(NdjsonCutter, ABrokenBundleLineKeepsItsWholeEntries) {
  const auto cut = Cut("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{}},{\"reso\n{}");
  ASSERT_EQ(cut.size(), 3U);
  EXPECT_EQ(cut[1].fault, "cut_file");
  EXPECT_EQ(cut[1].line, 1U);
  EXPECT_EQ(cut[2].line, 2U);
  EXPECT_EQ(Cut("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{}} 7]}").at(1).fault, "invalid_json");
  EXPECT_EQ(Cut("{\"resourceType\":\"Bundle\"} x").at(0).fault, "invalid_json");
}

TEST(NdjsonCutter, BinaryAndOtherEncodingsAreOneFault) {
  using namespace std::string_literals;
  for (const std::string& text : {"\xFE\xFF\0{\0}"s, "\xFF\xFE{\0}\0"s, "{\0}\0\n\0"s, "\x89PNG\r\n\x1A\n\0\0\0"s,
                                  "\0\0\0"s, "PK\3\4\n\n\n\n"s}) {
    const auto records = Cut(text);
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].fault, "not_text");
  }
  EXPECT_EQ(Cut("{\"resourceType\":\"Patient\",\"id\":\"a\0b\"}\n{}"s).size(), 2U);
}

TEST(NdjsonCutter, CutAtEveryByteNeverLosesALine) {
  const std::string text =
      "{\"a\":1}\n{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{}},{}]}\n\n{\"b\":\"\\\"\"}\n";
  for (std::size_t length = 0; length <= text.size(); ++length) {
    const auto records = Cut(text.substr(0, length));
    EXPECT_LE(records.size(), 4U);
    EXPECT_EQ(records.empty(), length == 0);
  }
}

TEST(NdjsonCutter, AFaultOfTheStreamIsOneRecordForTheRest) {
  for (const std::string& rest : {"", "{\"c"}) {
    TextStream stream("{}\n{}\n" + rest, [] { return std::size_t{7}; });
    stream.set_fault({"cut_gzip", "ends too early"});
    const auto records = CutStream(stream, Layout::kNdjson, SmallLimits());
    ASSERT_EQ(records.size(), 3U);
    EXPECT_EQ(records[2].fault, "cut_gzip");
    EXPECT_EQ(records[2].bytes, rest);
    EXPECT_EQ(records[2].line, 3U);
  }
}

}  // namespace
}  // namespace pluginlake::sources
