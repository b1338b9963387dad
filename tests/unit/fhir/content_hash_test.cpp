// The laws of the content hash: layout never counts, content always does.
#include <gtest/gtest.h>

#include <random>
#include <string>

#include "parsed_resource.h"
#include "pluginlake/core/digest.h"
#include "random_document.h"

namespace pluginlake::fhir {
namespace {

std::string HashOf(std::string_view json) {
  const ParsedResource parsed(json);
  EXPECT_EQ(parsed.reason(), "") << json;
  return parsed.rejection ? "" : parsed.parser->ContentHash();
}

std::string WithMember(std::string_view member) {
  return R"({"resourceType":"Basic","id":"a","x":)" + std::string(member) + "}";
}

TEST(ContentHashTest, IsTheStartOfSha256OverTheCanonicalForm) {
  const std::string canonical = R"({"a\"\u000a":[1.50,true,null,{}],"id":"a","resourceType":"Basic","é":"/"})";
  const std::string given =
      "{ \"resourceType\" : \"Basic\",\r\n\t\"\\u00e9\":\"\\/\",\"id\":\"a\",\"a\\\"\\n\":[ 1.50 , true,null,{ } ]}";
  EXPECT_EQ(HashOf(given), core::Sha256Hex(canonical).substr(0, 32));
}

TEST(ContentHashTest, LayoutDoesNotCount) {
  const std::string hash = HashOf(R"({"resourceType":"Basic","id":"a","x":{"b":1,"a":"é/"}})");
  EXPECT_EQ(
      HashOf("{\n  \"id\": \"a\",\n  \"x\": {\"a\": \"\\u00E9\\/\", \"b\": 1},\n  \"resourceType\": \"Basic\"\n}\n"),
      hash);
  EXPECT_EQ(HashOf(R"({"resource\u0054ype":"B\u0061sic","id":"a","x":{"b":1,"\u0061":"\u00e9/"}})"), hash);
}

TEST(ContentHashTest, DigitsCountAsWritten) {
  EXPECT_NE(HashOf(WithMember("1.0")), HashOf(WithMember("1.00")));
  EXPECT_NE(HashOf(WithMember("1")), HashOf(WithMember("1.0")));
  EXPECT_NE(HashOf(WithMember("1e2")), HashOf(WithMember("1E2")));
  EXPECT_NE(HashOf(WithMember("123456789012345678901234567890")), HashOf(WithMember("123456789012345678901234567891")));
}

TEST(ContentHashTest, KindOrderOfElementsAndNestingCount) {
  EXPECT_NE(HashOf(WithMember("1")), HashOf(WithMember("\"1\"")));
  EXPECT_NE(HashOf(WithMember("[1,2]")), HashOf(WithMember("[2,1]")));
  EXPECT_NE(HashOf(WithMember("[[1],2]")), HashOf(WithMember("[[1,2]]")));
  EXPECT_NE(HashOf(WithMember("{}")), HashOf(WithMember("[]")));
  EXPECT_NE(HashOf(WithMember("null")), HashOf(R"({"resourceType":"Basic","id":"a"})"));
  EXPECT_NE(HashOf(WithMember(R"("a\u0000")")), HashOf(WithMember(R"("a")")));
}

TEST(ContentHashTest, NamesThatShareTheirStartAreSortedByAllTheirBytes) {
  EXPECT_EQ(HashOf(WithMember(R"({"valueQuantity":1,"valueQ":2,"valueQuant":3,"":4,"v":5,"v\u0000":6})")),
            HashOf(WithMember(R"({"v\u0000":6,"valueQuant":3,"v":5,"valueQuantity":1,"":4,"valueQ":2})")));
}

TEST(ContentHashTest, RandomDocumentsHashByTheirContentAlone) {
  constexpr std::uint32_t kSeed = 20240229;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 400; ++round) {
    RandomValue resource = MakeRandomResource(random);
    const std::string first = WriteRandomly(resource, random);
    const std::string hash = HashOf(first);
    EXPECT_EQ(HashOf(WriteRandomly(resource, random)), hash) << first;
    ChangeOneLeaf(resource, random);
    EXPECT_NE(HashOf(WriteRandomly(resource, random)), hash) << first;
  }
}

TEST(ContentHashTest, TheWrittenBodyHasTheSameHashAndNoWhiteSpace) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    const ParsedResource parsed(WriteRandomly(MakeRandomResource(random), random));
    ASSERT_EQ(parsed.reason(), "");
    const ParsedResource again(parsed.body());
    ASSERT_EQ(again.reason(), "");
    EXPECT_EQ(again.parser->ContentHash(), parsed.parser->ContentHash());
    EXPECT_EQ(again.body(), parsed.body());
  }
}

}  // namespace
}  // namespace pluginlake::fhir
