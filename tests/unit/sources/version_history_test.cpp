// The version rules, case by case.
#include "pluginlake/sources/version_history.h"

#include <gtest/gtest.h>

namespace pluginlake::sources {
namespace {

VersionFacts Plain(std::string hash) { return {.content_hash = std::move(hash)}; }

VersionFacts Dated(std::string hash, std::int64_t micros, std::string version_id = "") {
  return {
      .content_hash = std::move(hash), .version_id = std::move(version_id), .last_updated = duck::TimestampUtc{micros}};
}

// Feeds `arrivals` one after the other and returns each decision.
std::vector<Decision> Feed(const std::vector<VersionFacts>& arrivals) {
  std::vector<StoredVersion> stored;
  std::vector<Decision> decisions;
  for (const VersionFacts& facts : arrivals) {
    const Decision decision = Decide(stored, facts);
    decisions.push_back(decision);
    if (decision.outcome != Outcome::kUnchanged) {
      stored.push_back(
          {.version = decision.version, .facts = facts, .superseded = decision.outcome == Outcome::kSuperseded});
    }
  }
  return decisions;
}

TEST(VersionHistory, TheSameAgainIsUnchanged) {
  auto decisions = Feed({Plain("a"), Plain("a")});
  EXPECT_EQ(decisions[0].outcome, Outcome::kStored);
  EXPECT_EQ(decisions[1].outcome, Outcome::kUnchanged);
}

TEST(VersionHistory, ABAWithoutMetaIsAThirdVersion) {
  auto decisions = Feed({Plain("a"), Plain("b"), Plain("a")});
  EXPECT_EQ(decisions[2].outcome, Outcome::kStored);
  EXPECT_EQ(decisions[2].version, 3);
}

TEST(VersionHistory, ABAWithMetaIsUnchanged) {
  auto decisions = Feed({Dated("a", 1), Dated("b", 2), Dated("a", 1)});
  EXPECT_EQ(decisions[2].outcome, Outcome::kUnchanged);
}

TEST(VersionHistory, AnOlderLastUpdatedNeverBecomesNewest) {
  auto decisions = Feed({Dated("b", 2), Dated("a", 1), Dated("b", 2), Dated("c", 3)});
  EXPECT_EQ(decisions[1].outcome, Outcome::kSuperseded);
  EXPECT_EQ(decisions[1].version, 2);
  EXPECT_EQ(decisions[2].outcome, Outcome::kUnchanged);
  EXPECT_EQ(decisions[3].outcome, Outcome::kStored);
  EXPECT_EQ(decisions[3].version, 3);
}

TEST(VersionHistory, VersionIdsCompareAsNumbers) {
  auto decisions = Feed({Dated("b", 5, "10"), Dated("a", 5, "9")});
  EXPECT_EQ(decisions[1].outcome, Outcome::kSuperseded);
  decisions = Feed({Dated("b", 5, "9"), Dated("a", 5, "10")});
  EXPECT_EQ(decisions[1].outcome, Outcome::kStored);
  decisions = Feed({Dated("b", 5, "x9"), Dated("a", 5, "x1")});
  EXPECT_EQ(decisions[1].outcome, Outcome::kStored);
}

TEST(VersionHistory, DeletionsAndReturns) {
  auto decisions = Feed({Dated("a", 2), {.deleted = true}, {.deleted = true}, Dated("old", 1), Dated("new", 3)});
  EXPECT_EQ(decisions[1].outcome, Outcome::kDeleted);
  EXPECT_EQ(decisions[2].outcome, Outcome::kUnchanged);
  EXPECT_EQ(decisions[3].outcome, Outcome::kSuperseded);
  EXPECT_EQ(decisions[4].outcome, Outcome::kStored);
}

TEST(VersionHistory, DeletingTheUnknownIsADeletion) {
  auto decisions = Feed({{.deleted = true}});
  EXPECT_EQ(decisions[0].outcome, Outcome::kDeleted);
  EXPECT_EQ(decisions[0].version, 1);
}

}  // namespace
}  // namespace pluginlake::sources
