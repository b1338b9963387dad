// The stored body: tokens as they came, references as resolved, an id where there was none.
#include <gtest/gtest.h>

#include <string>

#include "parsed_resource.h"

namespace pluginlake::fhir {
namespace {

constexpr std::string_view kObservation = R"({
  "resourceType" : "Observation", "id" : "o1",
  "subject" : { "reference" : "urn:uuid:1", "display" : "a  b" },
  "performer" : [ {"reference": "Practitioner\/p"}, {"reference" : "#c"}, {"reference":{"reference":"urn:uuid:1"}} ],
  "contained":[{"resourceType":"Patient","id":"c","link":[{"other":{"reference":"urn:uuid:2"}}]}],
  "valueQuantity" : { "value" : 1.50E+1, "reference" : 3 }
})";

std::optional<std::string_view> ResolveUuids(std::string_view text) {
  if (text == "urn:uuid:1") {
    return "Patient/p1";
  }
  return text == "urn:uuid:2" ? std::optional<std::string_view>("Patient/a\"b") : std::nullopt;
}

TEST(ResourceBodyTest, IsTheDocumentWithoutWhiteSpaceBetweenTokens) {
  const ParsedResource parsed(
      "{ \"resourceType\" :\t\"Basic\",\r\n \"id\":\"a\" , \"x\" : [ 1.50E+1 , \" \\u0041\\/ \" ] } \n");
  EXPECT_EQ(parsed.body(), R"({"resourceType":"Basic","id":"a","x":[1.50E+1," \u0041\/ "]})");
}

TEST(ResourceBodyTest, ADocumentWithoutWhiteSpaceIsKeptByteByByte) {
  constexpr std::string_view kJson = R"({"resourceType":"Basic","id":"a","x":["\u0041 \/",-0.0,{}]})";
  EXPECT_EQ(ParsedResource(kJson).body(), kJson);
}

TEST(ResourceBodyTest, FindsEveryReference) {
  const ParsedResource parsed(kObservation);
  ASSERT_EQ(parsed.reason(), "");
  std::vector<std::string> texts;
  for (const FoundReference& reference : parsed.parser->references()) {
    EXPECT_EQ(reference.index, texts.size());
    texts.emplace_back(reference.text);
  }
  EXPECT_EQ(texts, (std::vector<std::string>{"urn:uuid:1", "Practitioner/p", "#c", "urn:uuid:1", "urn:uuid:2"}));
}

TEST(ResourceBodyTest, ResolvedReferencesReplaceTheirTokens) {
  const ParsedResource parsed(kObservation);
  parsed.parser->Resolve(ResolveUuids);
  EXPECT_EQ(
      parsed.body(),
      R"({"resourceType":"Observation","id":"o1","subject":{"reference":"Patient/p1","display":"a  b"},)"
      R"("performer":[{"reference":"Practitioner\/p"},{"reference":"#c"},{"reference":{"reference":"Patient/p1"}}],)"
      R"("contained":[{"resourceType":"Patient","id":"c","link":[{"other":{"reference":"Patient/a\"b"}}]}],)"
      R"("valueQuantity":{"value":1.50E+1,"reference":3}})");
  EXPECT_EQ(parsed.parser->PatientId(), "p1");
  EXPECT_EQ(ParsedResource(parsed.body()).parser->ContentHash(), parsed.parser->ContentHash());
}

TEST(ResourceBodyTest, ASecondResolveStartsFromTheDocument) {
  const ParsedResource parsed(kObservation);
  const std::string hash = parsed.parser->ContentHash();
  const std::string body = parsed.body();
  parsed.parser->Resolve(ResolveUuids);
  EXPECT_NE(parsed.parser->ContentHash(), hash);
  std::string seen;
  parsed.parser->Resolve([&](std::string_view text) {
    seen.append(text).append(" ");
    return std::nullopt;
  });
  EXPECT_EQ(seen, "urn:uuid:1 Practitioner/p urn:uuid:1 urn:uuid:2 ");
  EXPECT_EQ(parsed.parser->ContentHash(), hash);
  EXPECT_EQ(parsed.body(), body);
}

TEST(ResourceBodyTest, TheResolversAnswerNeedNotOutliveTheCall) {
  const ParsedResource parsed(kObservation);
  std::string answer;
  parsed.parser->Resolve([&](std::string_view text) {
    answer = "Patient/" + std::string(text.substr(text.size() - 1));
    return std::optional<std::string_view>(answer);
  });
  answer = "nothing at all";
  EXPECT_EQ(parsed.parser->PatientId(), "1");
  EXPECT_EQ(parsed.body().find("nothing"), std::string::npos);
}

TEST(GivenIdTest, StandsInBodyAndHash) {
  const ParsedResource parsed(R"( { "resourceType":"Patient", "x": 1 })", "b7c1");
  ASSERT_EQ(parsed.reason(), "");
  EXPECT_EQ(parsed.parser->resource_id(), "b7c1");
  EXPECT_EQ(parsed.body(), R"({"id":"b7c1","resourceType":"Patient","x":1})");
  EXPECT_EQ(parsed.parser->PatientId(), "b7c1");
  EXPECT_EQ(parsed.parser->ContentHash(), ParsedResource(parsed.body()).parser->ContentHash());
}

TEST(GivenIdTest, IsUsedOnlyWhereAnIdIsMissing) {
  const ParsedResource parsed(R"({"resourceType":"Patient","id":"own"})", "given");
  EXPECT_EQ(parsed.parser->resource_id(), "own");
  EXPECT_EQ(parsed.body(), R"({"resourceType":"Patient","id":"own"})");
  EXPECT_EQ(ParsedResource(R"({"resourceType":"Patient"})", "no good").reason(), "missing_id");
  EXPECT_EQ(ParsedResource(R"({"resourceType":"Patient","id":""})", "given").reason(), "invalid_id");
}

TEST(GivenIdTest, GoesWithResolvedReferences) {
  const ParsedResource parsed(R"({"resourceType":"Basic","subject":{"reference":"urn:uuid:1"}})", "b");
  parsed.parser->Resolve(ResolveUuids);
  EXPECT_EQ(parsed.body(), R"({"id":"b","resourceType":"Basic","subject":{"reference":"Patient/p1"}})");
}

TEST(LargeResourceTest, TenMegabytesAreReadWhole) {
  std::string json = R"({"resourceType":"Binary","id":"b","list":[)";
  while (json.size() < 5'000'000) {
    json += R"({"reference":"Patient/1","n":12.50},)";
  }
  json += R"(null],"data":")" + std::string(5'000'000, 'Q') + "\"}";
  const ParsedResource parsed(json);
  ASSERT_EQ(parsed.reason(), "");
  EXPECT_GT(parsed.parser->references().size(), 100'000U);
  EXPECT_EQ(parsed.body(), json);
  EXPECT_EQ(ParsedResource(" " + json).parser->ContentHash(), parsed.parser->ContentHash());
}

TEST(HeadTest, ReadsMetaAndIdentifiers) {
  const ParsedResource parsed(
      R"({"resourceType":"Patient","id":"p","meta":{"versionId":"3","lastUpdated":"2024-01-01T00:00:00.5+01:00"},)"
      R"("identifier":[{"system":"s","value":"v\/1"},{"value":"w"},{"system":"s"},{"value":7},{"value":"a\n"},9],)"
      R"("contact":[{"identifier":[{"value":"not mine"}]}]})");
  ASSERT_EQ(parsed.reason(), "");
  EXPECT_EQ(parsed.parser->resource_type(), "Patient");
  EXPECT_EQ(parsed.parser->version_id(), "3");
  EXPECT_EQ(parsed.parser->last_updated()->micros, 1'704'063'600'500'000);
  ASSERT_EQ(parsed.parser->identifiers().size(), 2U);
  EXPECT_EQ(parsed.parser->identifiers()[0].system, "s");
  EXPECT_EQ(parsed.parser->identifiers()[0].value, "v/1");
  EXPECT_EQ(parsed.parser->identifiers()[1].system, "");
  EXPECT_EQ(parsed.parser->identifiers()[1].value, "w");
}

TEST(HeadTest, OddTypesElsewhereAreKept) {
  const ParsedResource parsed(
      R"({"resourceType":"Patient","id":"p","meta":{"versionId":7,"lastUpdated":5},"identifier":"x","active":"maybe"})");
  ASSERT_EQ(parsed.reason(), "");
  EXPECT_EQ(parsed.parser->version_id(), "7");
  EXPECT_FALSE(parsed.parser->last_updated().has_value());
  EXPECT_TRUE(parsed.parser->identifiers().empty());
}

TEST(HeadTest, ASingleIdentifierIsNoList) {
  const ParsedResource parsed(
      R"({"resourceType":"Composition","id":"c","identifier":{"system":"s","value":"v"},"title":"t"})");
  ASSERT_EQ(parsed.parser->identifiers().size(), 1U);
  EXPECT_EQ(parsed.parser->identifiers()[0].value, "v");
}

}  // namespace
}  // namespace pluginlake::fhir
