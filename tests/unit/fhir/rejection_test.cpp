// Every way in which a resource is refused, and what its quarantine row can name.
#include <gtest/gtest.h>

#include <string>

#include "parsed_resource.h"

namespace pluginlake::fhir {
namespace {

struct Refusal {
  std::string json;
  std::string reason_code;
  std::string resource_type;
  std::string resource_id;
};

class RejectionTest : public testing::TestWithParam<Refusal> {};

TEST_P(RejectionTest, NamesReasonTypeAndId) {
  const ParsedResource parsed(GetParam().json);
  ASSERT_TRUE(parsed.rejection.has_value()) << GetParam().json;
  EXPECT_EQ(parsed.rejection->reason_code, GetParam().reason_code) << GetParam().json;
  EXPECT_EQ(parsed.rejection->resource_type, GetParam().resource_type) << GetParam().json;
  EXPECT_EQ(parsed.rejection->resource_id, GetParam().resource_id) << GetParam().json;
  EXPECT_EQ(parsed.rejection->message.find("secret"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(
    Json, RejectionTest,
    testing::Values(
        Refusal{"", "invalid_json", "", ""}, Refusal{" \n", "invalid_json", "", ""},
        Refusal{"hello", "invalid_json", "", ""},
        Refusal{R"({"resourceType":"Patient","id":"a","name":[{"family":"secr)", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","name":[)", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a"} {})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a"}x)", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a"}})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a",})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient" "id":"a"})", "invalid_json", "Patient", ""},
        Refusal{R"({"resourceType":"Patient","id":"a","x":01})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":1.})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":+1})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":1e})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":NaN})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":TRUE})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":"b"c})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":[1 2]})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":[1}})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a",1:2})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":"\q"})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":"\u12g4"})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":"\ud800"})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":"\ud800\u0041"})", "invalid_json", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":"\udc00"})", "invalid_json", "Patient", "a"},
        Refusal{"{\"resourceType\":\"Patient\",\"id\":\"a\",\"x\":\"\x01\"}", "invalid_json", "Patient", "a"},
        Refusal{"{\"resourceType\":\"Patient\",\"id\":\"a\",\x0c\"x\":1}", "invalid_json", "Patient", "a"},
        Refusal{std::string("{\"resourceType\":\"Patient\",\"id\":\"a\",\"x\":1\0}", 43), "invalid_json", "Patient",
                "a"},
        Refusal{"{\"resourceType\":\"Patient\",\"id\":\"a\",\"x\":\"\xff\"}", "invalid_utf8", "Patient", "a"},
        Refusal{"{\"resourceType\":\"Patient\",\"id\":\"a\",\"x\":\"\xc0\x80\"}", "invalid_utf8", "Patient", "a"},
        Refusal{"{\"resourceType\":\"Patient\",\"id\":\"a\",\"x\":\"\xed\xa0\x80\"}", "invalid_utf8", "Patient", "a"}));

INSTANTIATE_TEST_SUITE_P(
    Resource, RejectionTest,
    testing::Values(
        Refusal{"[]", "not_an_object", "", ""}, Refusal{"12", "not_an_object", "", ""},
        Refusal{R"("secret")", "not_an_object", "", ""}, Refusal{"null", "not_an_object", "", ""},
        Refusal{"{}", "missing_resource_type", "", ""}, Refusal{R"({"id":"a"})", "missing_resource_type", "", "a"},
        Refusal{R"({"resourceType":"patient","id":"a"})", "unknown_resource_type", "", "a"},
        Refusal{R"({"resourceType":"","id":"a"})", "unknown_resource_type", "", "a"},
        Refusal{R"({"resourceType":"DomainResource","id":"a"})", "unknown_resource_type", "", "a"},
        Refusal{R"({"resourceType":1,"id":"a"})", "wrong_type", "", "a"},
        Refusal{R"({"resourceType":null,"id":"a"})", "wrong_type", "", "a"},
        Refusal{R"({"resourceType":["Patient"],"id":"a"})", "wrong_type", "", "a"},
        Refusal{R"({"resourceType":"Patient","id":1})", "wrong_type", "Patient", ""},
        Refusal{R"({"resourceType":"Patient","id":null})", "wrong_type", "Patient", ""},
        Refusal{R"({"resourceType":"Patient","id":"a","meta":"x"})", "wrong_type", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient"})", "missing_id", "Patient", ""},
        Refusal{R"({"resourceType":"Patient","id":""})", "invalid_id", "Patient", ""},
        Refusal{R"({"resourceType":"Patient","id":"a_secret"})", "invalid_id", "Patient", ""},
        Refusal{R"({"resourceType":"Patient","id":"a\u0000"})", "invalid_id", "Patient", ""},
        Refusal{R"({"resourceType":"Patient","id":")" + std::string(65, 'a') + R"("})", "invalid_id", "Patient", ""},
        Refusal{R"({"resourceType":"Patient","id":"a","id":"b"})", "duplicate_key", "Patient", "b"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":{"b":1,"c":2,"b":3}})", "duplicate_key", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":{"b":1,"\u0062":3}})", "duplicate_key", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":{"":1,"":3}})", "duplicate_key", "Patient", "a"},
        Refusal{R"({"resourceType":"Patient","id":"a","x":1,"x":2)", "invalid_json", "Patient", "a"}));

std::string Nested(std::size_t depth) {
  return R"({"resourceType":"Patient","id":"a","x":)" + std::string(depth, '[') + std::string(depth, ']') + "}";
}

TEST(DepthTest, RefusesWhatIsDeeperThanTheLimitOnly) {
  EXPECT_EQ(ParsedResource(Nested(199)).reason(), "");
  EXPECT_EQ(ParsedResource(Nested(200)).reason(), "too_deep");
  const ParsedResource deep(Nested(10'000));
  EXPECT_EQ(deep.reason(), "too_deep");
  EXPECT_EQ(deep.rejection->resource_id, "a");
  EXPECT_EQ(ParsedResource(Nested(10'000), "", {.depth_max = 1'000'000}).reason(), "too_deep");
}

TEST(DepthTest, UnclosedDepthIsNoDangerEither) {
  EXPECT_EQ(ParsedResource(std::string(1'000'000, '[')).reason(), "too_deep");
  EXPECT_EQ(ParsedResource(std::string(100, '[')).reason(), "invalid_json");
}

TEST(SizeTest, RefusesWhatIsLargerThanTheLimitOnly) {
  const std::string head = R"({"resourceType":"Patient","id":"a","x":")";
  const std::string full = head + std::string((1 << 20) - head.size() - 2, 'x') + "\"}";
  EXPECT_EQ(ParsedResource(full, "", {.resource_mb_max = 1}).reason(), "");
  const ParsedResource over(full + " ", "", {.resource_mb_max = 1});
  EXPECT_EQ(over.reason(), "too_large");
  EXPECT_EQ(over.rejection->resource_type, "Patient");
  EXPECT_EQ(ParsedResource(R"({"a":[1,2,3,4,5,6,7,8]})", "", {.elements_max = 8}).reason(), "too_large");
}

TEST(DuplicateTest, IsFoundAmongManyMembersToo) {
  std::string json = R"({"resourceType":"Patient","id":"a")";
  for (int member = 0; member < 1000; ++member) {
    json += ",\"m" + std::to_string(member) + "\":1";
  }
  EXPECT_EQ(ParsedResource(json + "}").reason(), "");
  EXPECT_EQ(ParsedResource(json + R"(,"m500":2})").reason(), "duplicate_key");
}

TEST(DuplicateTest, TheSameNameInAnotherObjectIsNone) {
  EXPECT_EQ(
      ParsedResource(R"({"resourceType":"Patient","id":"a","x":[{"id":1},{"id":1}],"y":{"id":{"id":1}}})").reason(),
      "");
}

TEST(ParserTest, IsReadyAfterARejection) {
  ResourceParser parser({});
  const PaddedText broken("{"), sound(R"({"resourceType":"Patient","id":"a"})");
  EXPECT_TRUE(parser.Parse(broken.view()).has_value());
  EXPECT_FALSE(parser.Parse(sound.view()).has_value());
  EXPECT_EQ(parser.resource_id(), "a");
}

}  // namespace
}  // namespace pluginlake::fhir
