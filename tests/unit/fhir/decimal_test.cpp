// Exact decimals: digits kept, overflow is nothing, and the same as 64-bit integers where those suffice.
#include "pluginlake/fhir/decimal.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace pluginlake::fhir {
namespace {

std::string Text(const std::optional<Decimal>& number) { return number ? number->ToText() : "none"; }
Decimal Of(const char* text) { return *Decimal::Parse(text); }

TEST(DecimalTest, ReadsJsonNumbers) {
  EXPECT_EQ(Text(Decimal::Parse("1.50")), "1.50");
  EXPECT_EQ(Text(Decimal::Parse("-0.05")), "-0.05");
  EXPECT_EQ(Text(Decimal::Parse("0")), "0");
  EXPECT_EQ(Text(Decimal::Parse("12e2")), "1200");
  EXPECT_EQ(Text(Decimal::Parse("1.5E-3")), "0.0015");
  EXPECT_EQ(Text(Decimal::Parse("99999999999999999999999999999999999999")), "99999999999999999999999999999999999999");
  for (const char* text :
       {"", "-", "abc", "1e", "1e999", "1.2.3", "1e-40", "999999999999999999999999999999999999999"}) {
    EXPECT_EQ(Text(Decimal::Parse(text)), "none") << text;
  }
}

TEST(DecimalTest, CalculatesExactly) {
  EXPECT_EQ(Text(Of("0.1").Plus(Of("0.2"))), "0.3");
  EXPECT_EQ(Text(Of("1.5").Times(Of("-0.25"))), "-0.375");
  EXPECT_EQ(Text(Of("1").DividedBy(Of("3"))), "0.333333333333");
  EXPECT_EQ(Text(Of("-2").DividedBy(Of("3"))), "-0.666666666667");
  EXPECT_EQ(Text(Of("1.00000000000000000004").DividedBy(Of("2"))), "0.5");
  EXPECT_EQ(Text(Of("7.5").IntegerDividedBy(Of("-2"))), "-3");
  EXPECT_EQ(Text(Of("7.5").Modulo(Of("2"))), "1.5");
  EXPECT_EQ(Text(Of("1").DividedBy(Of("0.00"))), "none");
  EXPECT_EQ(Text(Of("99999999999999999999999999999999999999").Times(Of("10"))), "none");
  EXPECT_EQ(Text(Of("1e20").Times(Of("1e20"))), "none");
}

TEST(DecimalTest, ComparesByValueAcrossAllScales) {
  EXPECT_EQ(Of("1.50").Compare(Of("1.5")), 0);
  EXPECT_LT(Of("-1.51").Compare(Of("-1.5")), 0);
  EXPECT_GT(Of("99999999999999999999999999999999999999").Compare(Of("0.0000000000000000000000000000000000001")), 0);
  EXPECT_LT(Of("0.0000000000000000000000000000000000001").Compare(Of("0.0000000000000000000000000000000000002")), 0);
}

TEST(DecimalTest, AgreesWithIntegers) {
  std::mt19937_64 random(7);
  std::uniform_int_distribution<std::int64_t> numbers(-1'000'000'000, 1'000'000'000);
  for (int round = 0; round < 2000; ++round) {
    const std::int64_t a = numbers(random);
    const std::int64_t b = numbers(random);
    EXPECT_EQ(Decimal(a).Plus(Decimal(b))->ToInt64(), a + b);
    EXPECT_EQ(Decimal(a).Minus(Decimal(b))->ToInt64(), a - b);
    EXPECT_EQ(Decimal(a).Times(Decimal(b))->ToInt64(), a * b);
    EXPECT_EQ(Decimal(a).Compare(Decimal(b)), a < b ? -1 : a > b ? 1 : 0);
    if (b != 0) {
      EXPECT_EQ(Decimal(a).IntegerDividedBy(Decimal(b))->ToInt64(), a / b);
      EXPECT_EQ(Decimal(a).Modulo(Decimal(b))->ToInt64(), a % b);
    }
    EXPECT_EQ(Text(Decimal::Parse(Decimal(a).ToText())), std::to_string(a));
  }
}

TEST(DecimalTest, RoundsToAScaleHalfAwayFromZero) {
  EXPECT_EQ(Of("2.345").UnitsAt(2), 235);
  EXPECT_EQ(Of("-2.345").UnitsAt(2), -235);
  EXPECT_EQ(Of("2").UnitsAt(3), 2000);
  EXPECT_EQ(Of("1e18").UnitsAt(0), std::nullopt);
  EXPECT_EQ(Of("1.5").ToInt64(), std::nullopt);
  EXPECT_EQ(Of("1.0").ToInt64(), 1);
}

}  // namespace
}  // namespace pluginlake::fhir
