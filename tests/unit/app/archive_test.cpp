// An archive gives back what went in, and says so when it is cut or changed.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <random>

#include "app/backup/archive_reader.h"
#include "app/backup/archive_writer.h"
#include "pluginlake/core/digest.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

namespace fs = std::filesystem;

// Bytes that do not compress.
std::string Noise(std::size_t bytes) {
  std::mt19937 random(7);
  std::string noise(bytes, '\0');
  std::ranges::generate(noise, [&random] { return static_cast<char>(random()); });
  return noise;
}

class ArchiveTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "pluginlake-archive-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return (folder_ / name).string(); }
  ArchiveSettings Settings() const { return {.path = Path("backup.tar"), .compress = GetParam()}; }

  void WriteSample() {
    std::ofstream(Path("file")) << big_;
    ArchiveWriter writer(Settings());
    writer.AddText("empty", "");
    writer.AddText(long_name_, "long");
    writer.AddFile("data/file", Path("file"), [](std::uint64_t) {});
    EXPECT_EQ(writer.members().back().sha256, core::Sha256Hex(big_));
    writer.Close();
  }

  std::map<std::string, std::string> ReadAll() {
    ArchiveReader reader(Path("backup.tar"));
    std::map<std::string, std::string> found;
    while (std::optional<TarEntry> entry = reader.Next()) {
      found[entry->name] = reader.ReadText(1U << 30U);
    }
    return found;
  }

  fs::path folder_;
  std::string big_ = Noise(3'000'001);
  std::string long_name_ = "data/" + std::string(150, 'd') + "/" + std::string(120, 'f');
};

std::string Slurp(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST_P(ArchiveTest, GivesBackWhatWentIn) {
  WriteSample();
  const auto found = ReadAll();
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(found.at("empty"), "");
  EXPECT_EQ(found.at(long_name_), "long");
  EXPECT_EQ(found.at("data/file"), big_);
}

TEST_P(ArchiveTest, IsReadByTar) {
  WriteSample();
  const std::string unpack = GetParam() ? "zstd -dcq " : "cat ";
  if (GetParam() && std::system("command -v zstd >/dev/null") != 0) {
    GTEST_SKIP() << "no zstd program";
  }
  const std::string command = unpack + Path("backup.tar") + " | tar -xf - -C " + folder_.string() +
                              " data/file && cmp -s " + Path("data/file") + " " + Path("file");
  EXPECT_EQ(std::system(command.c_str()), 0);
}

TEST_P(ArchiveTest, NoticesEveryCut) {
  WriteSample();
  const std::string whole = Slurp(Path("backup.tar"));
  for (std::size_t left : {std::size_t{0}, std::size_t{1}, std::size_t{300}, whole.size() / 2, whole.size() - 1025}) {
    std::ofstream(Path("backup.tar"), std::ios::binary) << whole.substr(0, left);
    try {
      ReadAll();
      ADD_FAILURE() << "a cut after " << left << " bytes went unnoticed";
    } catch (const core::Error& error) {
      EXPECT_EQ(error.code(), "PL-0952");
    }
  }
}

TEST_P(ArchiveTest, NeverWritesOverAFile) {
  std::ofstream(Path("backup.tar")) << "mine";
  EXPECT_THROW(ArchiveWriter{Settings()}, core::Error);
  EXPECT_EQ(Slurp(Path("backup.tar")), "mine");
  ArchiveSettings replace = Settings();
  replace.replace = true;
  {
    ArchiveWriter abandoned(replace);
    abandoned.AddText("a", "b");
  }
  EXPECT_EQ(Slurp(Path("backup.tar")), "mine");
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
  ArchiveWriter writer(replace);
  writer.AddText("a", "b");
  writer.Close();
  EXPECT_EQ(ReadAll().at("a"), "b");
}

TEST_P(ArchiveTest, StopsWhenTheWatcherSaysSo) {
  std::ofstream(Path("file")) << big_;
  {
    ArchiveWriter writer(Settings());
    EXPECT_THROW(writer.AddFile("f", Path("file"),
                                [](std::uint64_t) { throw core::Error(core::ErrorKind::kInternal, "x", "", ""); }),
                 core::Error);
  }
  EXPECT_FALSE(fs::exists(Path("backup.tar")));
}

INSTANTIATE_TEST_SUITE_P(Forms, ArchiveTest, testing::Bool(),
                         [](const auto& info) { return info.param ? "zstd" : "plain"; });

TEST(TarHeaderTest, HoldsSizesAboveEightGigabytes) {
  const std::string head = TarHeadOf({.name = "big", .bytes = 20'000'000'000});
  ASSERT_EQ(head.size(), 3 * kTarBlockBytes);
  TarEntry entry;
  EXPECT_TRUE(ApplyPaxRecords(head.substr(kTarBlockBytes, head.find('\n') + 1 - kTarBlockBytes), entry));
  EXPECT_EQ(entry.bytes, 20'000'000'000U);
}

TEST(TarHeaderTest, RefusesRecordsThatLie) {
  TarEntry entry;
  for (const char* records : {"99 path=a\n", "x path=a\n", "3 p\n", "0 path=a\n", "9 path=ab"}) {
    EXPECT_FALSE(ApplyPaxRecords(records, entry)) << records;
  }
}

}  // namespace
}  // namespace pluginlake::app
