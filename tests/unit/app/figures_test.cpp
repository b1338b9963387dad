// Numbers are spelled as people read them.
#include "app/output/figures.h"

#include <gtest/gtest.h>

#include "app/output/display_width.h"

namespace pluginlake::app {
namespace {

TEST(Figures, GroupsDigits) {
  EXPECT_EQ(Grouped(0), "0");
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(1000), "1,000");
  EXPECT_EQ(Grouped(1234567), "1,234,567");
}

TEST(Figures, SpellsSizes) {
  EXPECT_EQ(SizeText(999), "999 bytes");
  EXPECT_EQ(SizeText(8'782'135), "8.8 MB");
  EXPECT_EQ(SizeText(467'000'000), "467 MB");
}

TEST(Figures, DrawsBarsThatAreNeverInvisible) {
  EXPECT_EQ(DisplayWidth(Bar(10, 10, 20)), 20u);
  EXPECT_EQ(DisplayWidth(Bar(5, 10, 20)), 10u);
  EXPECT_EQ(Bar(1, 100'000, 20), "▏");
  EXPECT_EQ(Bar(0, 10, 20), "");
}

}  // namespace
}  // namespace pluginlake::app
