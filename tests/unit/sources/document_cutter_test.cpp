// A .json file is cut into the entries of its Bundle, or is the one resource it is.
#include <gtest/gtest.h>

#include "cut_text.h"

namespace pluginlake::sources {
namespace {

std::vector<CutRecord> Cut(const std::string& text) { return CutText(text, Layout::kJson, SmallLimits()); }

TEST(DocumentCutter, SplitsABundle) {
  const auto records = Cut(R"({
    "resourceType": "Bundle", "type": "transaction", "meta": {"tag": [{"entry": []}]},
    "entry": [
      {"fullUrl": "urn:uuid:1", "resource": {"id": "}]\"{"}, "request": {"method": "POST", "url": "Patient"}},
      {"request": {"url": "Patient/2", "method": "DELETE"}},
      {"resource": {"resourceType": "Bundle", "entry": [{}, {}]}, "fullUrl": "a\/b\u00e9"}
    ], "signature": {"data": "x"} })");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].bytes, R"({"id": "}]\"{"})");
  EXPECT_EQ(records[0].full_url, "urn:uuid:1");
  EXPECT_EQ(records[0].method, "POST");
  EXPECT_EQ(records[0].request_url, "Patient");
  EXPECT_EQ(records[0].line, 1U);
  EXPECT_TRUE(records[0].in_bundle);
  EXPECT_EQ(records[1].bytes, "");
  EXPECT_EQ(records[1].method, "DELETE");
  EXPECT_EQ(records[2].full_url, "a/b\u00e9");
  EXPECT_EQ(records[2].line, 3U);
  EXPECT_EQ(records[2].ordinal, 2U);
}

TEST(DocumentCutter, FindsAResourceTypeThatStandsLast) {
  const std::string large(20'000, ' ');
  for (const std::string& gap : {std::string(), large}) {
    const auto records =
        Cut("{\"meta\":{}," + gap + "\"entry\":[{\"resource\":{}},{}]," + gap + "\"resourceType\":\"Bundle\"}");
    ASSERT_EQ(records.size(), 2U);
    EXPECT_EQ(records[0].bytes, "{}");
    const auto list = Cut("\xEF\xBB\xBF {\"entry\":[{},{}]," + gap + "\"resourceType\":\"List\"}");
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].fault, "");
    EXPECT_EQ(list[0].bytes.front(), '{');
  }
}

TEST(DocumentCutter, ASingleResourceIsOneRecord) {
  const auto records = Cut("\n {\"resourceType\":\"Patient\",\n\"contained\":[{\"resourceType\":\"Bundle\"}]}\n");
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].bytes, "{\"resourceType\":\"Patient\",\n\"contained\":[{\"resourceType\":\"Bundle\"}]}");
  EXPECT_EQ(records[0].line, 1U);
  EXPECT_FALSE(records[0].in_bundle);
}

TEST(DocumentCutter, EmptyFilesAndBundlesHoldNothing) {
  for (const std::string& text :
       {"", " \n", "\xEF\xBB\xBF \n", "{\"resourceType\":\"Bundle\"}", "{\"resourceType\":\"Bundle\",\"entry\":[ ]}",
        "{\"entry\":[],\"resourceType\":\"Bundle\"}\n\n"}) {
    EXPECT_TRUE(Cut(text).empty()) << text;
  }
}

TEST(DocumentCutter, WhatIsNoObjectGoesOnWholeForTheParser) {
  for (const std::string& text : {"[1,2]", "5", "hello world", "\"text\""}) {
    const auto records = Cut(text);
    ASSERT_EQ(records.size(), 1U) << text;
    EXPECT_EQ(records[0].bytes, text);
    EXPECT_EQ(records[0].fault, "");
  }
}

TEST(DocumentCutter, StrangeEntriesAreFaultsOfTheirOwn) {
  const auto records = Cut(
      R"({"resourceType":"Bundle","entry":[5,null,[{}],{"resource":{}},{"resource":{},"resource":{}},{"fullUrl":7},
      {"request":[]},{"request":{"method":1}},{"resource" {}},{"a":1 "b":2},{"resource":{"id":"9"}}]})");
  std::vector<std::string> faults;
  for (const auto& record : records) {
    faults.push_back(record.fault);
  }
  EXPECT_EQ(faults,
            (std::vector<std::string>{"wrong_type", "wrong_type", "wrong_type", "", "duplicate_key", "wrong_type",
                                      "wrong_type", "wrong_type", "invalid_json", "invalid_json", ""}));
  EXPECT_EQ(records[10].line, 11U);
}

TEST(DocumentCutter, EntryThatIsNoArrayIsOneFault) {
  for (const std::string& value : {"{\"resource\":{}}", "null", "\"a\"", "12"}) {
    const auto records = Cut("{\"resourceType\":\"Bundle\",\"entry\":" + value + ",\"type\":\"batch\"}");
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].fault, "wrong_type");
    EXPECT_EQ(records[0].bytes, value);
  }
}

TEST(DocumentCutter, EntriesOfASecondArrayAreFaults) {
  const auto records = Cut(R"({"resourceType":"Bundle","entry":[{"resource":{}}],"entry":[{"resource":{}},{}]})");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[0].fault, "");
  EXPECT_EQ(records[1].fault, "duplicate_key");
  EXPECT_EQ(records[2].fault, "duplicate_key");
  EXPECT_EQ(records[2].line, 3U);
}

TEST(DocumentCutter, BrokenFramesEndTheFileWithOneFault) {
  for (const std::string& text : {R"({"resourceType":"Bundle" "entry":[]})", R"({"resourceType":"Bundle","entry":[,]})",
                                  R"({"resourceType":"Bundle","entry":]})", R"({"resourceType":"Bundle",})",
                                  R"({"resourceType":"Bundle","entry":[]]})"}) {
    const auto records = Cut(text);
    ASSERT_EQ(records.size(), 1U) << text;
    EXPECT_EQ(records[0].fault, "invalid_json");
  }
  const auto comma = Cut(R"({"resourceType":"Bundle","entry":[{"resource":{}},]})");
  ASSERT_EQ(comma.size(), 2U);
  EXPECT_EQ(comma[1].fault, "invalid_json");
  EXPECT_EQ(comma[1].line, 2U);
}

TEST(DocumentCutter, WhatFollowsTheDocumentIsOneFault) {
  const auto bundle = Cut("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{}}]}\n{}\n");
  ASSERT_EQ(bundle.size(), 2U);
  EXPECT_EQ(bundle[1].fault, "invalid_json");
  EXPECT_EQ(bundle[1].line, 2U);
  const auto resource = Cut("{\"a\":1} trailing");
  ASSERT_EQ(resource.size(), 2U);
  EXPECT_EQ(resource[0].bytes, "{\"a\":1}");
  EXPECT_EQ(resource[1].bytes, "trailing");
}

TEST(DocumentCutter, EntriesAboveTheLimitAreSkippedOver) {
  const std::string large = "{\"resource\":{\"a\":\"" + std::string(3 << 20, 'x') + "\"}}";
  const auto records =
      Cut("{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{}}," + large + ",{\"resource\":{}}]}");
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[1].fault, "too_large");
  EXPECT_EQ(records[1].line, 2U);
  EXPECT_EQ(records[2].bytes, "{}");
  const auto single = Cut("{\"a\":\"" + std::string(3 << 20, 'x') + "\"} ");
  ASSERT_EQ(single.size(), 1U);
  EXPECT_EQ(single[0].fault, "too_large");
}

TEST(DocumentCutter, OtherMembersOfABundleMayBeAsLargeAsTheyLike) {
  const std::string large = "{\"data\":\"" + std::string(3 << 20, 'x') + "\"}";
  const auto records = Cut("{\"resourceType\":\"Bundle\",\"signature\":" + large + ",\"entry\":[{\"resource\":{}}]}");
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].bytes, "{}");
}

TEST(DocumentCutter, CutAtEveryByteKeepsTheWholeEntriesAndCountsTheRestOnce) {
  const std::string text =
      "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"a\":\"\\\"}\"}}, {\"resource\":{\"b\":[1,{}]}} "
      "],\"type\":\"x\"}";
  for (std::size_t length = 1; length < text.size(); ++length) {
    const auto records = Cut(text.substr(0, length));
    ASSERT_FALSE(records.empty()) << length;
    EXPECT_EQ(records.back().fault, length < 24 ? "invalid_json" : "cut_file") << length;
    for (std::size_t i = 0; i + 1 < records.size(); ++i) {
      EXPECT_EQ(records[i].fault, "") << length;
    }
    EXPECT_LE(records.size(), 3U);
  }
}

TEST(DocumentCutter, BinaryIsOneFault) {
  using namespace std::string_literals;
  const auto records = Cut("\xFE\xFF\0{\0}"s);
  ASSERT_EQ(records.size(), 1U);
  EXPECT_EQ(records[0].fault, "not_text");
}

}  // namespace
}  // namespace pluginlake::sources
