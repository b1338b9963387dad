// Several threads pull blocks of one file: each record comes out once; a file that changes meanwhile is a conflict.
#include "pluginlake/sources/record_source.h"

#include <gtest/gtest.h>

#include <map>
#include <thread>

#include "cut_text.h"
#include "pluginlake/core/error.h"

namespace pluginlake::sources {
namespace {

InputFile FindOne(const std::string& path) {
  const InputPath input{.shown = path};
  return FindInputFiles(std::span(&input, 1), FindSettings{}).files.at(0);
}

// Pulls with four threads and returns ordinal -> bytes.
std::map<std::uint64_t, std::string> PullInParallel(const std::string& path) {
  RecordSource source(FindOne(path), SmallLimits());
  std::map<std::uint64_t, std::string> seen;
  std::mutex mutex;
  const auto pull = [&] {
    RecordBlock block;
    while (source.Next(block)) {
      const std::scoped_lock lock(mutex);
      for (const Record& record : block.records()) {
        EXPECT_TRUE(seen.emplace(record.ordinal, record.bytes).second);
      }
    }
  };
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back(pull);
  }
  threads.clear();
  return seen;
}

TEST(RecordSource, GivesEachRecordOnceToSeveralThreads) {
  std::string lines;
  std::string bundle = "{\"resourceType\":\"Bundle\",\"entry\":[";
  for (int i = 0; i < 3000; ++i) {
    const std::string resource = "{\"id\":\"" + std::to_string(i) + "\"}";
    lines += resource + "\n";
    bundle += (i == 0 ? "" : ",") + ("{\"resource\":" + resource) + "}";
  }
  bundle += "]}";
  for (const auto& [suffix, content] : {std::pair(".ndjson", lines), std::pair(".ndjson.gz", Gzipped(lines)),
                                        std::pair(".json", bundle), std::pair(".json.zst", Zstandard(bundle))}) {
    const TemporaryFile file(suffix, content);
    const auto seen = PullInParallel(file.path());
    ASSERT_EQ(seen.size(), 3000U);
    for (const auto& [ordinal, bytes] : seen) {
      EXPECT_EQ(bytes, "{\"id\":\"" + std::to_string(ordinal) + "\"}");
    }
  }
}

TEST(RecordSource, AFileThatChangesIsAConflict) {
  std::string lines;
  for (int i = 0; i < 3000; ++i) {
    lines += "{\"id\":\"" + std::to_string(i) + "\"}\n";
  }
  const TemporaryFile file(".ndjson", lines);
  const InputFile found = FindOne(file.path());
  RecordSource source(found, SmallLimits());
  RecordBlock block;
  ASSERT_TRUE(source.Next(block));
  file.Write(lines + "{}\n");
  try {
    while (source.Next(block)) {
    }
    FAIL() << "no conflict";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::kConflict);
    EXPECT_EQ(error.code(), "PL-0804");
    EXPECT_NE(std::string(error.what()).find(file.path()), std::string::npos);
  }
  EXPECT_FALSE(source.Next(block));
  EXPECT_THROW(RecordSource(found, SmallLimits()), core::Error);
}

TEST(RecordSource, KnowsHowFarItIs) {
  const TemporaryFile file(".ndjson", "{}\n{}\n");
  RecordSource source(FindOne(file.path()), SmallLimits());
  RecordBlock block;
  EXPECT_TRUE(source.Next(block));
  EXPECT_EQ(source.bytes_read(), 6U);
  EXPECT_FALSE(source.Next(block));
  EXPECT_TRUE(block.empty());
}

}  // namespace
}  // namespace pluginlake::sources
