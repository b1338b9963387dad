// What a commit answers when the disk is full or the server goes away, and that the next one works.
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "lake_fixture.h"
#include "pluginlake/catalog/fsck.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

namespace fs = std::filesystem;

class FailureTest : public LakeTest {
 protected:
  // Returns the kind of error that a commit of `rows` ends with; nullopt if it succeeds.
  std::optional<core::ErrorKind> KindOfCommit(std::int64_t rows, const std::string& batch) {
    try {
      CommitRows(rows, batch);
    } catch (const core::Error& error) {
      message_ = error.code() + ": " + error.what();
      return error.kind();
    }
    return std::nullopt;
  }

  void ExpectWhole() {
    core::NoProgress progress;
    core::Cancellation cancellation;
    for (const Finding& finding :
         Fsck(operator_, *writer_, {.deep = true, .progress = progress, .cancellation = cancellation}).findings) {
      ADD_FAILURE() << finding.code << " " << finding.subject << ": " << finding.message;
    }
  }

  std::string message_;
};

// A file system of its own that can be filled; needs the right to mount.
class SmallDisk {
 public:
  SmallDisk(std::string folder, const char* size) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    mounted_ = ::mount("tmpfs", folder_.c_str(), "tmpfs", 0, size) == 0;
  }
  ~SmallDisk() {
    if (mounted_) {
      ::umount2(folder_.c_str(), MNT_DETACH);
    }
  }
  bool mounted() const { return mounted_; }
  void Fill() {
    std::ofstream file(folder_ + "/fill", std::ios::binary);
    const std::string block(4096, 'x');
    while (file.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }
  void Empty() { fs::remove(folder_ + "/fill"); }

 private:
  std::string folder_;
  bool mounted_ = false;
};

TEST_P(FailureTest, AFullDataDiskIsExhaustedAndHealsWhenEmptied) {
  SmallDisk disk(folder_ + "/data/raw", "size=8m");
  if (!disk.mounted()) {
    GTEST_SKIP() << "this user may not mount a small disk";
  }
  ASSERT_TRUE(CommitRows(2000, "a"));
  disk.Fill();
  EXPECT_EQ(KindOfCommit(200000, "b"), core::ErrorKind::kExhausted) << message_;
  disk.Empty();
  EXPECT_EQ(KindOfCommit(2000, "c"), std::nullopt) << message_;
  EXPECT_EQ(CountResources(), 4000);
  ExpectWhole();
  Close();
}

TEST_P(FailureTest, AFullCatalogDiskIsExhaustedAndHealsWhenEmptied) {
  if (project_.is_postgres()) {
    GTEST_SKIP() << "PostgreSQL has its own disk";
  }
  Close();
  SmallDisk disk(folder_ + "/small", "size=8m");
  if (!disk.mounted()) {
    GTEST_SKIP() << "this user may not mount a small disk";
  }
  project_.directory = folder_ + "/small";
  Lake::Create(Settings());
  Reopen();
  ASSERT_TRUE(CommitRows(2000, "a"));
  disk.Fill();
  EXPECT_EQ(KindOfCommit(2000, "b"), core::ErrorKind::kExhausted) << message_;
  disk.Empty();
  EXPECT_EQ(KindOfCommit(2000, "c"), std::nullopt) << message_;
  EXPECT_EQ(CountResources(), 4000);
  ExpectWhole();
  Close();
}

TEST_P(FailureTest, AServerThatGoesAwayIsUnavailableAndTheNextCommitWorks) {
  if (!project_.is_postgres()) {
    GTEST_SKIP() << "SQLite has no server";
  }
  const CommitInfo info{.run_id = "b", .kind = "ingest", .message = "m"};
  ASSERT_TRUE(CommitRows(2000, "a"));
  try {
    writer_->Commit(operator_, info, [&](duck::Connection& connection, std::int64_t) {
      connection.Query("INSERT INTO raw.fhir_resource SELECT * REPLACE (2 AS version) FROM raw.fhir_resource");
      EndConnections();
      return CommitOutcome{.changed = true};
    });
    FAIL() << "the commit went through";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.kind(), core::ErrorKind::kUnavailable) << error.what();
    EXPECT_EQ(std::string(error.what()).find("geheim"), std::string::npos);
  }
  EXPECT_EQ(KindOfCommit(2000, "c"), std::nullopt) << message_;
  EXPECT_EQ(CountResources(), 4000);
  ExpectWhole();
}

PL_ON_BOTH_CATALOGS(FailureTest);

}  // namespace
}  // namespace pluginlake::catalog
