// Declarations say what may be said, and name every mistake with its line.
#include "pluginlake/assets/declaration.h"

#include <gtest/gtest.h>

namespace pluginlake::assets {
namespace {

TEST(Declaration, IsRead) {
  Asset asset;
  std::vector<Problem> problems;
  ReadDeclaration(R"toml(description = "Beds"
owner = "someone"
key = "bed_id"
incremental = "by_key"
keep = "staged"
volatile = ["run_id"]
tags = ["ward"]

[columns]
bed_id = "The bed"

[lookups]
"vocab/concept" = "all"
"fhir/location" = "SELECT bed_id FROM curated.bed WHERE ward IN (SELECT resource_id FROM changed)"

[[checks]]
name = "has_ward"
severity = "warn"
sql = "SELECT 1 FROM curated.bed WHERE ward IS NULL"
whole = true
)toml",
                  "a.toml", asset, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_EQ(asset.incremental, Incremental::kByKey);
  EXPECT_EQ(asset.keep, Keep::kStaged);
  EXPECT_EQ(asset.lookups.at("vocab/concept").reach, Lookup::Reach::kAll);
  EXPECT_EQ(asset.lookups.at("fhir/location").reach, Lookup::Reach::kKeys);
  ASSERT_EQ(asset.checks.size(), 1U);
  EXPECT_EQ(asset.checks[0].severity, Severity::kWarn);
  EXPECT_TRUE(asset.checks[0].whole);
}

TEST(Declaration, NamesEveryMistake) {
  Asset asset;
  std::vector<Problem> problems;
  ReadDeclaration("descriptionn = \"Beds\"\nincremental = \"sometimes\"\nkey = 3\n[[checks]]\nname = \"x\"\n", "a.toml",
                  asset, problems);
  ASSERT_EQ(problems.size(), 4U);
  EXPECT_EQ(problems[0].place, "a.toml:4");  // in order of name
  EXPECT_EQ(problems[1].place, "a.toml:1");
  EXPECT_EQ(problems[1].hint, "Did you mean description?");
}

TEST(Declaration, EveryNameSaysWhatItIs) {
  for (const DeclaredName& declared : DeclaredNames()) {
    EXPECT_FALSE(declared.what.empty()) << declared.name;
  }
  EXPECT_EQ(DeclaredNames().size(), 10U);
}

TEST(Declaration, ByKeyNeedsAKey) {
  Asset asset;
  std::vector<Problem> problems;
  ReadDeclaration("incremental = \"by_key\"\n", "a.toml", asset, problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].place, "a.toml:1");
}

TEST(Declaration, SaysWhereItIsNoToml) {
  Asset asset;
  std::vector<Problem> problems;
  ReadDeclaration("owner = \"me\"\nkey = \n", "a.toml", asset, problems);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].place, "a.toml:2");
}

}  // namespace
}  // namespace pluginlake::assets
