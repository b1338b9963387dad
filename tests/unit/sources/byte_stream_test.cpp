// Packed files come out unpacked; damage, cuts and bombs are faults, and what came before them is kept.
#include <gtest/gtest.h>

#include "cut_text.h"

namespace pluginlake::sources {
namespace {

std::string Lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += "{\"id\":\"" + std::to_string(i * 7919) + "\"}\n";
  }
  return text;
}

std::vector<CutRecord> CutPacked(const std::string& suffix, const std::string& packed, const RecordLimits& limits) {
  const TemporaryFile file(suffix, packed);
  return CutFile(file.path(), limits);
}

TEST(ByteStream, UnpacksGzipAndZstdInOneOrSeveralPieces) {
  const std::string text = Lines(500);
  const auto plain = CutPacked(".ndjson", text, SmallLimits());
  ASSERT_EQ(plain.size(), 500U);
  const std::string front = text.substr(0, 1234);
  const std::string back = text.substr(1234);
  EXPECT_EQ(CutPacked(".ndjson.gz", Gzipped(text), SmallLimits()), plain);
  EXPECT_EQ(CutPacked(".NDJSON.GZ", Gzipped(front) + Gzipped("") + Gzipped(back), SmallLimits()), plain);
  EXPECT_EQ(CutPacked(".ndjson.gz", Gzipped(text) + std::string(600, '\0'), SmallLimits()), plain);
  EXPECT_EQ(CutPacked(".ndjson.zst", Zstandard(text), SmallLimits()), plain);
  EXPECT_EQ(CutPacked(".ndjson.zst", Zstandard(front) + Zstandard(back), SmallLimits()), plain);
}

TEST(ByteStream, EmptyArchivesHoldNothing) {
  EXPECT_TRUE(CutPacked(".ndjson.gz", "", SmallLimits()).empty());
  EXPECT_TRUE(CutPacked(".json.gz", Gzipped(""), SmallLimits()).empty());
  EXPECT_TRUE(CutPacked(".json.zst", Zstandard(" "), SmallLimits()).empty());
}

TEST(ByteStream, CutAtEveryByteIsOneFaultAfterTheWholeLines) {
  const std::string text = Lines(40);
  const std::string gzip = Gzipped(text);
  const std::string zstd = Zstandard(text);
  for (std::size_t length = 1; length < gzip.size(); ++length) {
    const auto records = CutPacked(".ndjson.gz", gzip.substr(0, length), SmallLimits());
    ASSERT_FALSE(records.empty());
    EXPECT_EQ(records.back().fault, "cut_gzip") << length;
    EXPECT_LE(records.size(), 41U);
  }
  for (std::size_t length = 1; length < zstd.size(); ++length) {
    const auto records = CutPacked(".ndjson.zst", zstd.substr(0, length), SmallLimits());
    ASSERT_FALSE(records.empty());
    EXPECT_EQ(records.back().fault, "corrupt_archive") << length;
  }
}

TEST(ByteStream, CutBundlesInGzipAreCutGzip) {
  std::string text = "{\"resourceType\":\"Bundle\",\"entry\":[";
  for (int i = 0; i < 50; ++i) {
    text += "{\"resource\":{\"id\":\"" + std::to_string(i * 7919) + "\"}},";
  }
  text += "{}]}";
  const std::string gzip = Gzipped(text);
  for (std::size_t length = 1; length < gzip.size(); ++length) {
    const auto records = CutPacked(".json.gz", gzip.substr(0, length), SmallLimits());
    ASSERT_FALSE(records.empty());
    EXPECT_EQ(records.back().fault, "cut_gzip") << length;
    EXPECT_LE(records.size(), 52U);
  }
}

TEST(ByteStream, DamageIsOneFault) {
  std::string gzip = Gzipped(Lines(40));
  EXPECT_EQ(CutPacked(".ndjson.gz", gzip + "garbage", SmallLimits()).size(), 41U);
  gzip[gzip.size() - 6] = static_cast<char>(gzip[gzip.size() - 6] ^ 1);
  const auto records = CutPacked(".ndjson.gz", gzip, SmallLimits());
  ASSERT_EQ(records.size(), 41U);
  EXPECT_EQ(records.back().fault, "corrupt_archive");
  EXPECT_EQ(CutPacked(".ndjson.gz", "{\"not\":\"packed\"}\n", SmallLimits()).at(0).fault, "corrupt_archive");
  EXPECT_EQ(CutPacked(".json.zst", "{\"not\":\"packed\"}\n", SmallLimits()).at(0).fault, "corrupt_archive");
}

TEST(ByteStream, AFlippedByteNeverCrashes) {
  const std::string text = Lines(30);
  for (const auto& [suffix, packed] :
       {std::pair(".ndjson.gz", Gzipped(text)), std::pair(".json.zst", Zstandard(text))}) {
    for (std::size_t i = 0; i < packed.size(); ++i) {
      std::string damaged = packed;
      damaged[i] = static_cast<char>(damaged[i] ^ 0x55);
      CutPacked(suffix, damaged, SmallLimits());
    }
  }
}

TEST(ByteStream, BombsStopAtTheLimits) {
  RecordLimits limits = SmallLimits();
  limits.expansion_free_mb = 1;
  const std::string zeros(8 << 20, '0');
  for (const auto& [suffix, packed] :
       {std::pair(".ndjson.gz", Gzipped(zeros)), std::pair(".json.zst", Zstandard(zeros))}) {
    const auto records = CutPacked(suffix, packed, limits);
    ASSERT_EQ(records.size(), 1U);
    EXPECT_EQ(records[0].fault, "expansion_limit");
    EXPECT_NE(records[0].message.find("sources.expansion_ratio_max"), std::string::npos);
  }
  limits.expansion_ratio_max = 1'000'000;
  limits.expanded_mb_max = 4;
  const auto records = CutPacked(".ndjson.gz", Gzipped("{}\n" + zeros), limits);
  ASSERT_EQ(records.size(), 2U);
  EXPECT_NE(records[1].message.find("sources.expanded_mb_max"), std::string::npos);
}

}  // namespace
}  // namespace pluginlake::sources
