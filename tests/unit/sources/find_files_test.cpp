// Files are found in folders, by globs and through descriptors; what is left out is said, what cannot be read is named.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "pluginlake/core/error.h"
#include "pluginlake/sources/input_path.h"

namespace pluginlake::sources {
namespace {

namespace fs = std::filesystem;

// Rights do not bite root: gives `folder` to nobody and acts as nobody meanwhile. Does nothing for others.
class WithoutRootRights {
 public:
  explicit WithoutRootRights(const std::string& folder) {
    if (::geteuid() == 0 && ::chown(folder.c_str(), kNobody, kNobody) == 0) {
      was_root_ = ::seteuid(kNobody) == 0;
    }
  }
  ~WithoutRootRights() {
    if (was_root_) {
      EXPECT_EQ(::seteuid(0), 0);
    }
  }
  WithoutRootRights(const WithoutRootRights&) = delete;
  WithoutRootRights& operator=(const WithoutRootRights&) = delete;

 private:
  static constexpr uid_t kNobody = 65534;
  bool was_root_ = false;
};

class FindFiles : public testing::Test {
 protected:
  FindFiles() : folder_((fs::temp_directory_path() / "pluginlake-XXXXXX").string()) { ::mkdtemp(folder_.data()); }
  ~FindFiles() override { fs::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }
  void Write(const std::string& name, const std::string& content) const {
    fs::create_directories(fs::path(Path(name)).parent_path());
    std::ofstream(Path(name)) << content;
  }
  static InputSet Find(const std::string& path, int descriptor) {
    const InputPath input{.shown = path, .descriptor = descriptor};
    return FindInputFiles(std::span(&input, 1), FindSettings{});
  }
  static InputSet Find(const std::string& path) { return Find(path, -1); }
  static std::string CodeOf(const std::string& path) {
    try {
      Find(path);
    } catch (const core::Error& error) {
      return error.code();
    }
    return "none";
  }
  std::vector<std::string> Names(const InputSet& set) const {
    std::vector<std::string> names;
    for (const InputFile& file : set.files) {
      names.push_back(file.shown.substr(folder_.size() + 1));
    }
    return names;
  }

  std::string folder_;
};

TEST_F(FindFiles, WalksFoldersSortedByPathAndSaysWhatItSkips) {
  for (const char* name :
       {"b.json", "a/z.ndjson", "a/b/c.JSON.gz", "a.ndjson.zst", "note.txt", ".hidden.json", "x.csv"}) {
    Write(name, "{}");
  }
  const InputSet found = Find(folder_);
  EXPECT_EQ(Names(found), (std::vector<std::string>{"a.ndjson.zst", "a/b/c.JSON.gz", "a/z.ndjson", "b.json"}));
  EXPECT_EQ(found.skipped.size(), 3U);
  EXPECT_EQ(found.files[0].compression, Compression::kZstd);
  EXPECT_EQ(found.files[1].layout, Layout::kJson);
  EXPECT_EQ(found.files[1].compression, Compression::kGzip);
  EXPECT_EQ(found.files[3].bytes, 2U);
  EXPECT_EQ(Names(Find(folder_ + "/")), Names(found));
}

TEST_F(FindFiles, ReadsAFolderOnceHoweverItIsReached) {
  Write("a/x.json", "{}");
  fs::create_directory_symlink(folder_, Path("a/loop"));
  fs::create_directory_symlink(Path("a"), Path("b"));
  const InputSet found = Find(folder_);
  EXPECT_EQ(Names(found), (std::vector<std::string>{"a/x.json"}));
  EXPECT_EQ(found.skipped.size(), 2U);
}

TEST_F(FindFiles, ReadsThroughDescriptors) {
  Write("a/x.json", "{}");
  const int folder = ::open(folder_.c_str(), O_RDONLY | O_DIRECTORY);
  const InputSet found = Find("given", folder);
  ASSERT_EQ(found.files.size(), 1U);
  EXPECT_EQ(found.files[0].shown, "given/a/x.json");
  EXPECT_EQ(::access(found.files[0].open_path.c_str(), R_OK), 0);
  ::close(folder);
  const int file = ::open(Path("a/x.json").c_str(), O_RDONLY);
  EXPECT_EQ(Find("other.ndjson", file).files.at(0).layout, Layout::kNdjson);
  ::close(file);
}

TEST_F(FindFiles, ExpandsGlobsTheShellLeftAlone) {
  for (const char* name : {"2.json", "1.json", "3.ndjson", "[4].json"}) {
    Write(name, "{}");
  }
  EXPECT_EQ(Names(Find(Path("?.json"))), (std::vector<std::string>{"1.json", "2.json"}));
  EXPECT_EQ(Names(Find(Path("[4].json"))), (std::vector<std::string>{"[4].json"}));
  EXPECT_EQ(CodeOf(Path("*.zst")), "PL-0801");
}

TEST_F(FindFiles, ReadsFromTheWorkingDirectoryOfWhoTyped) {
  Write("1.json", "{}");
  Write("2.json", "{}");
  const std::vector<InputPath> paths{{.shown = "1.json", .absolute = Path("1.json")},
                                     {.shown = "?.json", .absolute = Path("?.json")},
                                     {.shown = ".", .absolute = folder_}};
  std::vector<std::string> shown;
  for (const InputFile& file : FindInputFiles(paths, FindSettings{}).files) {
    shown.push_back(file.shown);
    EXPECT_EQ(::access(file.open_path.c_str(), R_OK), 0);
  }
  EXPECT_EQ(shown, (std::vector<std::string>{"1.json", "1.json", "2.json", "./1.json", "./2.json"}));
}

TEST_F(FindFiles, RefusesWhatIsNotThereAndWhatIsNoFile) {
  EXPECT_EQ(CodeOf(Path("none.json")), "PL-0801");
  EXPECT_EQ(CodeOf("/dev/null"), "PL-0802");
  ASSERT_EQ(::mkfifo(Path("pipe.ndjson").c_str(), 0600), 0);
  EXPECT_EQ(CodeOf(Path("pipe.ndjson")), "PL-0802");
  EXPECT_EQ(Find(folder_).skipped.at(0).reason, "is a FIFO");
}

TEST_F(FindFiles, LooksIntoFilesWhoseNamesDoNotTell) {
  Write("lines.txt", "{\"a\":1}\n{\"b\":2}\n");
  Write("one", "{\"a\":1}\n");
  Write("pretty", "{\n\"a\":1}\n{}");
  Write("x.jsonl", "");
  Write("prose.txt", "hello");
  Write("table.csv", "a,b\n1,2\n");
  EXPECT_EQ(Find(Path("lines.txt")).files.at(0).layout, Layout::kNdjson);
  EXPECT_EQ(Find(Path("one")).files.at(0).layout, Layout::kJson);
  EXPECT_EQ(Find(Path("pretty")).files.at(0).layout, Layout::kJson);
  EXPECT_EQ(Find(Path("x.jsonl")).files.at(0).layout, Layout::kNdjson);
  EXPECT_EQ(CodeOf(Path("prose.txt")), "PL-0803");
  EXPECT_EQ(CodeOf(Path("table.csv")), "PL-0803");
}

TEST_F(FindFiles, NamesWhatItMayNotRead) {
  Write("closed/x.json", "{}");
  Write("y.json", "{}");
  fs::create_symlink("nowhere", Path("dangling.json"));
  EXPECT_EQ(Find(folder_).files.at(1).error.substr(0, 14), "cannot be read");
  ::chmod(Path("closed").c_str(), 0);
  ::chmod(Path("y.json").c_str(), 0);
  InputSet found;
  {
    const WithoutRootRights without(folder_);
    found = Find(folder_);
  }
  ::chmod(Path("closed").c_str(), 0700);
  ASSERT_EQ(found.files.size(), 3U);
  EXPECT_TRUE(
      std::all_of(found.files.begin(), found.files.end(), [](const InputFile& file) { return !file.error.empty(); }));
}

TEST_F(FindFiles, KeepsAFileGivenTwiceAndSaysSo) {
  Write("x.json", "{}");
  const std::vector<InputPath> twice{{.shown = Path("x.json")}, {.shown = folder_}};
  const InputSet found = FindInputFiles(twice, FindSettings{});
  EXPECT_EQ(found.files.size(), 2U);
  EXPECT_EQ(found.notes.size(), 1U);
}

TEST_F(FindFiles, StopsAboveTheNumberOfFilesAllowed) {
  Write("1.json", "{}");
  Write("2.json", "{}");
  const InputPath input{.shown = folder_};
  EXPECT_THROW(FindInputFiles(std::span(&input, 1), FindSettings{.files_max = 1}), core::Error);
}

}  // namespace
}  // namespace pluginlake::sources
