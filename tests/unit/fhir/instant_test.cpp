// Instants, whole and otherwise.
#include <gtest/gtest.h>

#include "pluginlake/fhir/instant.h"

namespace pluginlake::fhir {
namespace {

TEST(InstantTest, ReadsOffsetsAndFractions) {
  EXPECT_EQ(ParseInstant("1970-01-01T00:00:00Z"), 0);
  EXPECT_EQ(ParseInstant("2015-02-07T13:28:17.239+02:00"), 1'423'308'497'239'000);
  EXPECT_EQ(ParseInstant("2015-02-07T11:28:17.239-00:00"), 1'423'308'497'239'000);
  EXPECT_EQ(ParseInstant("1969-12-31T18:29:59.9999999-05:30"), -1'000'000 + 999'999);
  EXPECT_EQ(ParseInstant("2024-02-29T00:00:00+14:00"), 1'709'114'400'000'000);
  EXPECT_EQ(ParseInstant("2024-02-29T00:00:00.123456789123456789Z"), 1'709'164'800'123'456);
  EXPECT_EQ(ParseInstant("0001-01-01T00:00:00Z"), -62'135'596'800'000'000);
  EXPECT_EQ(ParseInstant("9999-12-31T23:59:59Z"), 253'402'300'799'000'000);
}

TEST(InstantTest, ALeapSecondIsTheNextMinute) {
  EXPECT_EQ(ParseInstant("2016-12-31T23:59:60Z"), ParseInstant("2017-01-01T00:00:00Z"));
}

TEST(InstantTest, RefusesWhatIsNoWholeInstant) {
  for (const char* text : {"",
                           "2024",
                           "2024-02",
                           "2024-02-29",
                           "2024-02-29T10:00Z",
                           "2024-02-29T10:00:00",
                           "2024-02-29T10:00:00.Z",
                           "2024-02-29T10:00:00.5",
                           "2023-02-29T10:00:00Z",
                           "2024-13-01T10:00:00Z",
                           "2024-00-01T10:00:00Z",
                           "2024-01-00T10:00:00Z",
                           "2024-01-01T24:00:00Z",
                           "2024-01-01T10:60:00Z",
                           "2024-01-01T10:00:61Z",
                           "2024-01-01T10:00:00z",
                           "2024-01-01 10:00:00Z",
                           "2024-01-01T10:00:00+1:00",
                           "2024-01-01T10:00:00+0100",
                           "2024-01-01T10:00:00+01:00x",
                           "2024-01-01T10:00:00Zx",
                           "2024-01-01T10:00:00+15:00",
                           "0000-01-01T10:00:00Z",
                           "+024-01-01T10:00:00Z",
                           "2024-01-01T10:00:00ZZ",
                           "202a-01-01T10:00:00Z",
                           "2024/01-01T10:00:00Z"}) {
    EXPECT_EQ(ParseInstant(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace pluginlake::fhir
