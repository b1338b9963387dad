// Laws that hold for whatever an expression is: each is a boolean expression that must be true for random operands.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <string>

#include "view_rows.h"

namespace pluginlake::fhir {
namespace {

constexpr auto kPatient = R"({"resourceType":"Patient","id":"p1","active":true,"multipleBirthInteger":3,
  "birthDate":"1970-06","name":[{"use":"official","family":"A","given":["x","y"]},{"use":"usual","given":["x"]},{}],
  "telecom":[{"rank":1},{"rank":2,"use":"home"},{"rank":2}],
  "extension":[{"url":"u","valueDecimal":0.10},{"url":"v","valueDecimal":-12.5}]})";

constexpr std::uint32_t kSeed = 20241124;
constexpr int kRounds = 150;

class LawsTest : public testing::Test {
 protected:
  template <std::size_t N>
  std::string Any(const std::array<const char*, N>& choices) {
    return choices[std::uniform_int_distribution<std::size_t>(0, N - 1)(random_)];
  }
  std::string Boolean(int depth) {
    constexpr std::array kLeaves = {"true",
                                    "false",
                                    "{}",
                                    "active",
                                    "active.not()",
                                    "name.exists()",
                                    "name.suffix.exists()",
                                    "(birthDate = @1970)",
                                    "(id = 'p1')",
                                    "deceased.ofType(boolean)"};
    if (depth == 0) {
      return Any(kLeaves);
    }
    constexpr std::array kOperators = {" and ", " or ", " xor ", " implies "};
    return "(" + Boolean(depth - 1) + Any(kOperators) + Boolean(depth - 1) + ")";
  }
  std::string Number(int depth) {
    constexpr std::array kLeaves = {"0",
                                    "1",
                                    "7",
                                    "0.5",
                                    "2.25",
                                    "100.001",
                                    "multipleBirth.ofType(integer)",
                                    "telecom[1].rank",
                                    "extension('u').value.ofType(decimal)",
                                    "extension('v').value.ofType(decimal)"};
    constexpr std::array kOperators = {" + ", " - ", " * "};
    return depth == 0 ? Any(kLeaves) : "(" + Number(depth - 1) + Any(kOperators) + Number(depth - 1) + ")";
  }
  std::string Collection() {
    constexpr std::array kCollections = {"name",
                                         "name.given",
                                         "telecom",
                                         "telecom.rank",
                                         "name.where(use = 'usual')",
                                         "name.suffix",
                                         "id",
                                         "name.family",
                                         "telecom.where(rank = 2)",
                                         "extension",
                                         "extension.value.ofType(decimal)",
                                         "{}"};
    return Any(kCollections);
  }
  std::string Condition() {
    constexpr std::array kConditions = {"true",           "false",       "use = 'usual'", "rank > 1",
                                        "given.exists()", "use.empty()", "$this = 'x'",   "{}"};
    return Any(kConditions);
  }

  std::mt19937 random_{kSeed};
};

// Both give the same, nothing included.
void ExpectSame(const std::string& left, const std::string& right) {
  EXPECT_EQ(Column(left, kPatient), Column(right, kPatient)) << left << "   against   " << right;
}

void ExpectTrue(const std::string& law) { EXPECT_EQ(Column(law, kPatient), "true") << law; }

TEST_F(LawsTest, ThreeValuedLogic) {
  for (int round = 0; round < kRounds; ++round) {
    const std::string a = Boolean(round % 3);
    const std::string b = Boolean(round % 2);
    ExpectSame(a + " and " + b, b + " and " + a);
    ExpectSame(a + " or " + b, b + " or " + a);
    ExpectSame(a + " xor " + b, b + " xor " + a);
    ExpectSame("(" + a + " and " + b + ").not()", a + ".not() or " + b + ".not()");
    ExpectSame("(" + a + " or " + b + ").not()", a + ".not() and " + b + ".not()");
    ExpectSame(a + ".not().not()", a + " and true");
    ExpectSame(a + " implies " + b, a + ".not() or " + b);
    ExpectSame(a + " or false", a + " and true");
    ExpectSame(a + " and false", "false");
    ExpectSame(a + " or true", "true");
  }
}

TEST_F(LawsTest, Collections) {
  for (int round = 0; round < kRounds; ++round) {
    const std::string p = Collection();
    const std::string condition = Condition();
    ExpectSame(p + ".exists()", p + ".empty().not()");
    ExpectSame(p + ".where(true).exists()", p + ".exists()");
    ExpectSame(p + ".where(true) = " + p, p + " = " + p);
    ExpectTrue(p + ".where(false).empty()");
    ExpectTrue(p + ".where({}).empty()");
    ExpectSame(p + ".exists(" + condition + ")", p + ".where(" + condition + ").exists()");
    ExpectSame(p + ".first() = " + p + "[0]", p + "[0] = " + p + ".first()");
    ExpectSame(p + ".first().exists()", p + ".exists()");
    ExpectSame(p + "[0].exists()", p + ".exists()");
    ExpectSame(p + ".where(" + condition + ").where(" + condition + ") = " + p + ".where(" + condition + ")",
               p + ".where(" + condition + ") = " + p + ".where(" + condition + ")");
    ExpectSame(p + " = {}", "{}");
  }
}

TEST_F(LawsTest, Arithmetic) {
  for (int round = 0; round < kRounds; ++round) {
    const std::string a = Number(round % 3);
    const std::string b = Number(round % 2);
    ExpectTrue(a + " + " + b + " = " + b + " + " + a);
    ExpectTrue(a + " * " + b + " = " + b + " * " + a);
    ExpectTrue("(" + a + " + " + b + ") - " + b + " = " + a);
    ExpectTrue(a + " - " + b + " = -(" + b + " - " + a + ")");
    ExpectTrue(a + " * (" + b + " + 1) = " + a + " * " + b + " + " + a);
    ExpectTrue("(" + a + " < " + b + ") = (" + b + " > " + a + ")");
    ExpectTrue("(" + a + " <= " + b + ") = (" + a + " > " + b + ").not()");
    ExpectTrue("(" + a + " = " + b + ") or (" + a + " < " + b + ") or (" + a + " > " + b + ")");
    ExpectTrue(a + " / 1 = " + a);
    ExpectSame(a + " / 0", "{}");
    ExpectTrue("(" + a + " div 3) * 3 + (" + a + " mod 3) = " + a);
    ExpectTrue(a + ".lowBoundary() < " + a + " and " + a + " < " + a + ".highBoundary()");
  }
}

}  // namespace
}  // namespace pluginlake::fhir
