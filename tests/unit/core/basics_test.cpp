// Digests, ids, times, and the name that was probably meant.
#include <gtest/gtest.h>

#include <chrono>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "pluginlake/core/clock.h"
#include "pluginlake/core/digest.h"
#include "pluginlake/core/ids.h"
#include "pluginlake/core/nearest_name.h"
#include "pluginlake/core/stopwatch.h"

namespace pluginlake::core {
namespace {

// RFC 4231, test case 2.
TEST(Digest, IsHmacSha256) {
  EXPECT_EQ(HmacSha256Hex("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(NewKeyHex().size(), 64);
  EXPECT_NE(NewKeyHex(), NewKeyHex());
}

TEST(Digest, IsSha256AndBeginsAnew) {
  EXPECT_EQ(Sha256Hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  Sha256 digest;
  digest.Update("a");
  digest.Update("bc");
  EXPECT_EQ(digest.Hex(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(digest.Hex(), Sha256Hex(""));
}

TEST(Ids, AreUuidsOfVersionSevenInOrder) {
  std::set<std::string> seen;
  std::string previous;
  for (int count = 0; count < 20'000; ++count) {
    std::string id = NewRunId();
    ASSERT_EQ(id.size(), 36U);
    ASSERT_EQ(id[14], '7');
    ASSERT_NE(std::string("89ab").find(id[19]), std::string::npos);
    ASSERT_GT(id.substr(0, 18), previous);
    previous = id.substr(0, 18);
    seen.insert(id);
  }
  EXPECT_EQ(seen.size(), 20'000U);
}

TEST(Clock, FormatsMicroseconds) {
  EXPECT_EQ(FormatUtc(0), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(FormatUtc(1'795'342'500'200'001), "2026-11-22T10:15:00.200001Z");
  EXPECT_EQ(FormatUtc(-1), "1969-12-31T23:59:59.999999Z");
}

TEST(Stopwatch, TellsWaitingFromWork) {
  const Stopwatch waiting;
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  EXPECT_GE(waiting.wall_ms(), 60);
  EXPECT_LT(waiting.cpu_ms(), 50);
  const Stopwatch working;
  while (working.cpu_ms() < 5) {
  }
  EXPECT_GE(working.wall_ms(), 5);
}

TEST(NearestName, OffersWhatWasMeantAndNothingFarOff) {
  std::vector<std::string> names{"ingest", "init", "query", "quarantine list"};
  EXPECT_EQ(NearestName("ingets", names), "ingest");
  EXPECT_EQ(NearestName("INIT", names), "init");
  EXPECT_EQ(NearestName("qurey", names), "query");
  EXPECT_EQ(NearestName("frobnicate", names), std::nullopt);
  EXPECT_EQ(NearestName("", names), std::nullopt);
}

}  // namespace
}  // namespace pluginlake::core
