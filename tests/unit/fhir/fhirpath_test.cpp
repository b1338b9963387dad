// FHIRPath in columns: what each part gives, and what is refused.
#include <gtest/gtest.h>

#include <string>

#include "view_rows.h"

namespace pluginlake::fhir {
namespace {

constexpr auto kPatient = R"({"resourceType":"Patient","id":"p1","active":true,"birthDate":"1970-06",
  "deceasedDateTime":"2020-02-29T10:00:00.5+01:00","multipleBirthInteger":3,"gender":"female",
  "name":[{"use":"official","family":"Vries","given":["Anna","B"],"period":{"start":"2001","end":"2002-03-04"}},
          {"use":"usual","given":["An"]}],
  "generalPractitioner":[{"reference":"https://x.nl/fhir/Practitioner/d1/_history/2"},{"reference":"#in"},
                         {"reference":"urn:uuid:0d1a8b1c-0000-4000-8000-000000000001"},{"reference":"Practitioner?x=y"},
                         {"display":"nobody"}],
  "managingOrganization":{"reference":"Organization/o1"}})";

std::string Of(const std::string& path) { return Column(path, kPatient); }
std::string ListOf(const std::string& path) { return Column(path, kPatient, R"(,"collection":true)"); }

TEST(FhirPathTest, Literals) {
  EXPECT_EQ(Of("'it\\'s \\u00e9 \\uD83D\\uDE00 \\n'"), "\"it's é 😀 \\u000a\"");
  EXPECT_EQ(Of("true"), "true");
  EXPECT_EQ(Of("12"), "12");
  EXPECT_EQ(Of("1.50"), "\"1.50\"");
  EXPECT_EQ(Of("@2020-02-29"), "\"2020-02-29\"");
  EXPECT_EQ(Of("@2020-02-29T10:00Z"), "\"2020-02-29T10:00Z\"");
  EXPECT_EQ(Of("@2020T"), "\"2020\"");
  EXPECT_EQ(Of("@T10:00"), "\"10:00\"");
  EXPECT_EQ(Of("{}"), "null");
  EXPECT_EQ(Of(" id // the end"), "\"p1\"");
  EXPECT_EQ(Of("name.first()/* the first */.family"), "\"Vries\"");
  EXPECT_EQ(Of("`name`.family"), "\"Vries\"");
}

TEST(FhirPathTest, Navigation) {
  EXPECT_EQ(Of("name.family"), "\"Vries\"");
  EXPECT_EQ(ListOf("name.given"), R"(["Anna","B","An"])");
  EXPECT_EQ(Of("name.where(use='usual').given"), "\"An\"");
  EXPECT_EQ(Of("name.where(given.exists($this = 'B')).use"), "\"official\"");
  EXPECT_EQ(Of("name[1].given[0]"), "\"An\"");
  EXPECT_EQ(Of("name.given[-1]"), "null");
  EXPECT_EQ(Of("name.where($this.use = 'usual').where(given = 'An').exists()"), "true");
  EXPECT_EQ(Of("deceased.ofType(dateTime)"), "\"2020-02-29T10:00:00.5+01:00\"");
  EXPECT_EQ(Of("deceased.ofType(boolean)"), "null");
  EXPECT_EQ(Of("notThere.at.all"), "null");
  EXPECT_EQ(Of("%resource.gender"), "\"female\"");
}

TEST(FhirPathTest, Keys) {
  EXPECT_EQ(Of("getResourceKey()"), "\"p1\"");
  EXPECT_EQ(ListOf("generalPractitioner.getReferenceKey()"), R"(["d1","0d1a8b1c-0000-4000-8000-000000000001"])");
  EXPECT_EQ(ListOf("generalPractitioner.getReferenceKey(Organization)"), R"(["0d1a8b1c-0000-4000-8000-000000000001"])");
  EXPECT_EQ(Of("managingOrganization.getReferenceKey(Organization)"), "\"o1\"");
  EXPECT_EQ(Of("managingOrganization.getReferenceKey(Patient)"), "null");
  EXPECT_EQ(Of("managingOrganization.first().getReferenceKey(Organization) = 'o1'"), "true");
}

TEST(FhirPathTest, EqualityOfCollections) {
  EXPECT_EQ(Of("name.given = 'Anna'"), "false");
  EXPECT_EQ(Of("name.given = name.given"), "true");
  EXPECT_EQ(Of("name.first() = name[0]"), "true");
  EXPECT_EQ(Of("name[0] = name[1]"), "false");
  EXPECT_EQ(Of("name.suffix = 'x'"), "null");
  EXPECT_EQ(Of("name.suffix != 'x'"), "null");
  EXPECT_EQ(Of("id = 5"), "false");
}

TEST(FhirPathTest, DatesCompareByWhatIsKnown) {
  EXPECT_EQ(Of("birthDate < @1971"), "true");
  EXPECT_EQ(Of("birthDate < @1970"), "null");
  EXPECT_EQ(Of("birthDate = @1970-06"), "true");
  EXPECT_EQ(Of("birthDate = '1970-06'"), "true");
  EXPECT_EQ(Of("birthDate >= '1970-05-01'"), "true");
  EXPECT_EQ(Of("birthDate = 'yesterday'"), "false");
  EXPECT_EQ(Of("deceased.ofType(dateTime) = @2020-02-29T09:00:00.500Z"), "true");
  EXPECT_EQ(Of("deceased.ofType(dateTime) > @2020-02-29T09:00:00.4Z"), "true");
  EXPECT_EQ(Of("deceased.ofType(dateTime) > @2020-02-29"), "null");
  EXPECT_EQ(Of("deceased.ofType(dateTime) > @2020-02-28"), "true");
  EXPECT_EQ(Of("@T10:30 > @T10:29:59"), "true");
  EXPECT_EQ(Of("@T10:30 = @T10:30:00"), "null");
  EXPECT_EQ(Of("@2020-01-01T00:30:00+01:00 = @2019-12-31T23:30:00Z"), "true");
}

TEST(FhirPathTest, JoinAndConcatenation) {
  EXPECT_EQ(Of("name.given.join(', ')"), "\"Anna, B, An\"");
  EXPECT_EQ(Of("name.given.join()"), "\"AnnaBAn\"");
  EXPECT_EQ(Of("name.suffix.join(',')"), "\"\"");
  EXPECT_EQ(Of("gender & '/' & name.suffix"), "\"female/\"");
  EXPECT_EQ(Of("gender + '/' + name.suffix"), "null");
  EXPECT_EQ(Of("active & 1"), "\"true1\"");
}

TEST(FhirPathTest, Boundaries) {
  EXPECT_EQ(Of("birthDate.lowBoundary()"), "\"1970-06-01\"");
  EXPECT_EQ(Of("birthDate.highBoundary()"), "\"1970-06-30\"");
  EXPECT_EQ(Of("name[0].period.start.lowBoundary()"), "\"2001-01-01T00:00:00.000+14:00\"");
  EXPECT_EQ(Of("name[0].period.start.highBoundary()"), "\"2001-12-31T23:59:59.999-12:00\"");
  EXPECT_EQ(Of("deceased.ofType(dateTime).lowBoundary()"), "\"2020-02-29T10:00:00.500+01:00\"");
  EXPECT_EQ(Of("deceased.ofType(dateTime).highBoundary()"), "\"2020-02-29T10:00:00.599+01:00\"");
  EXPECT_EQ(Of("@2024-02.highBoundary()"), "\"2024-02-29\"");
  EXPECT_EQ(Of("@T10.lowBoundary()"), "\"10:00:00.000\"");
  EXPECT_EQ(Of("@T10.highBoundary()"), "\"10:59:59.999\"");
  EXPECT_EQ(Of("1.587.lowBoundary()"), "\"1.5865\"");
  EXPECT_EQ(Of("(-1.5).highBoundary()"), "\"-1.45\"");
  EXPECT_EQ(Of("multipleBirth.ofType(integer).lowBoundary()"), "\"2.5\"");
}

TEST(FhirPathTest, FaultsOfSingletons) {
  const std::string several = "error: several values where one is expected: c";
  EXPECT_EQ(Of("name.given + 'x'"), several);
  EXPECT_EQ(Of("name.given < 'x'"), several);
  EXPECT_EQ(Of("name.given and true"), several);
  EXPECT_EQ(Of("name.given.not()"), several);
  EXPECT_EQ(Of("unknown.thing < 5"), "null");
  EXPECT_EQ(Column("unknown < 5", R"({"resourceType":"Patient","unknown":"a"})"),
            "error: values of different kinds have no order: c");
}

TEST(FhirPathTest, ElementsThatAreNotInTheModelAreReadAsTheyStand) {
  const std::string odd =
      R"({"resourceType":"Patient","extra":{"n":1.0,"t":"x","b":true,"o":{"a":[1,null]},"valueQuantity":{"value":5}}})";
  EXPECT_EQ(Column("extra.n", odd), "\"1.0\"");
  EXPECT_EQ(Column("extra.n + 1", odd), "\"2.0\"");
  EXPECT_EQ(Column("extra.b", odd), "\"true\"");
  EXPECT_EQ(Column("extra.b", odd, R"(,"type":"boolean")"), "true");
  EXPECT_EQ(Column("extra.o", odd), R"("{\"a\":[1,null]}")");
  EXPECT_EQ(Column("extra.value.ofType(Quantity).value", odd), "\"5\"");
  EXPECT_EQ(Column("extra.ofType(Quantity).unit", odd), "null");
}

TEST(FhirPathTest, DeclaredTypesBringValuesOver) {
  const auto tagged = [](const std::string& path, const std::string& sql_type) {
    return Column(path, kPatient, R"(,"tag":[{"name":"ansi/type","value":")" + sql_type + R"("}])");
  };
  EXPECT_EQ(tagged("multipleBirth.ofType(integer)", "BIGINT"), "3");
  EXPECT_EQ(tagged("multipleBirth.ofType(integer)", "double precision"), "3.0");
  EXPECT_EQ(tagged("multipleBirth.ofType(integer) / 8", "DECIMAL(10, 2)"), "38");
  EXPECT_EQ(tagged("multipleBirth.ofType(integer) / 8", "INTEGER"), "null");
  EXPECT_EQ(tagged("name[0].period.end", "DATE"), "11750");
  EXPECT_EQ(tagged("name[0].period.start", "DATE"), "null");
  EXPECT_EQ(tagged("deceased.ofType(dateTime)", "TIMESTAMP WITH TIME ZONE"), "1582966800500000");
  EXPECT_EQ(tagged("birthDate", "TIMESTAMPTZ"), "null");
  EXPECT_EQ(tagged("multipleBirth.ofType(integer)", "VARCHAR(20)"), "\"3\"");
  EXPECT_EQ(Column("multipleBirth.ofType(integer)", kPatient, R"(,"type":"decimal")"), "\"3\"");
  EXPECT_EQ(Column("gender", kPatient, R"(,"type":"decimal")"), "null");
  EXPECT_EQ(Column("gender", kPatient, R"(,"type":"http://hl7.org/fhir/StructureDefinition/code")"), "\"female\"");
}

struct Refused {
  const char* path;
  const char* error;  // code, and part of the message
};

class RefusedPathTest : public testing::TestWithParam<Refused> {};

TEST_P(RefusedPathTest, SaysWhereAndWhy) {
  const std::string refusal = ColumnRefusal(GetParam().path);
  const std::string expected = GetParam().error;
  EXPECT_EQ(refusal.substr(0, 7), expected.substr(0, 7)) << refusal;
  EXPECT_NE(refusal.find(expected.substr(8)), std::string::npos) << refusal;
  EXPECT_NE(refusal.find("select[0].column[0].path"), std::string::npos) << refusal;
}

INSTANTIATE_TEST_SUITE_P(
    Paths, RefusedPathTest,
    testing::Values(
        Refused{"@@", "PL-0703 a digit is missing"}, Refused{"name.", "PL-0703 a name is expected"},
        Refused{"name)", "PL-0703 something stands behind the end"}, Refused{"(name", "PL-0703 ')' is expected"},
        Refused{"'open", "PL-0703 does not end"}, Refused{"'\\x'", "PL-0703 no such escape"},
        Refused{"'\\ud800'", "PL-0703 hex digits"}, Refused{"1 +", "PL-0703 the expression ends"},
        Refused{"/* a", "PL-0703 comment"}, Refused{"name[0", "PL-0703 ']' is expected"},
        Refused{"a # b", "PL-0703 no meaning"}, Refused{"where(a,)", "PL-0703 a value is expected"},
        Refused{"%", "PL-0703 a name is missing"}, Refused{"name | name", "PL-0704 the operator `|`"},
        Refused{"name is HumanName", "PL-0704 the operator `is`"}, Refused{"4 'mg'", "PL-0704 a quantity"},
        Refused{"4 days", "PL-0704 a quantity"}, Refused{"$index", "PL-0704 $index"},
        Refused{"name.exist()", "PL-0704 perhaps exists() is meant"},
        Refused{"name.frobnicate()", "PL-0704 the function frobnicate()"},
        Refused{"%nothing", "PL-0705 no constant %nothing"}, Refused{"%rowindex", "PL-0705 perhaps %rowIndex is meant"},
        Refused{"name.where()", "PL-0706 where() takes 1 argument"},
        Refused{"name.first(1)", "PL-0706 first() takes 0 arguments"},
        Refused{"id.ofType('x')", "PL-0706 takes the name of a type"},
        Refused{"id.getReferenceKey()", "PL-0706 is no Reference"},
        Refused{"name.getResourceKey()", "PL-0706 is no resource"},
        Refused{"managingOrganization.getReferenceKey(Coding)", "PL-0706 takes a resource type"},
        Refused{"name[id]", "PL-0706 an index is a whole number"}, Refused{"active < true", "PL-0706 have no order"},
        Refused{"id < 5", "PL-0706 have no order"}, Refused{"id + 5", "PL-0706 arithmetic takes numbers"},
        Refused{"-id", "PL-0706 arithmetic"}, Refused{"active.join()", "PL-0706 joins texts"},
        Refused{"id.lowBoundary()", "PL-0706 takes a decimal"}, Refused{"(1 + 1).foo", "PL-0706 has no element foo"},
        Refused{"@2020-02-30", "PL-0706 no such date"}, Refused{"99999999999999999999", "PL-0706 too large"}));

TEST(FhirPathTest, LongAndDeepExpressionsHaveLimits) {
  std::string deep;
  for (int i = 0; i < 200; ++i) {
    deep += "(";
  }
  EXPECT_NE(ColumnRefusal(deep + "1").find("PL-0703"), std::string::npos);
  std::string path = "a";
  for (int i = 0; i < 5000; ++i) {
    path += ".a";
  }
  EXPECT_NE(ColumnRefusal(path).find("more than 1000 parts"), std::string::npos);
  EXPECT_NE(ColumnRefusal(std::string(70000, ' ') + "1").find("longer than"), std::string::npos);
  std::string sum = "1";
  for (int i = 0; i < 400; ++i) {
    sum += "+1";
  }
  EXPECT_EQ(Of(sum), "401");
}

}  // namespace
}  // namespace pluginlake::fhir
