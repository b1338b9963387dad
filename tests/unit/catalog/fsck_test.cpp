// fsck finds each fault that is planted, and nothing in a lake that is whole.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "lake_fixture.h"
#include "pluginlake/catalog/fsck.h"
#include "pluginlake/catalog/maintenance.h"
#include "pluginlake/catalog/snapshots.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

namespace fs = std::filesystem;

class FsckTest : public LakeTest {
 protected:
  FsckReport Check(bool deep) {
    core::NoProgress progress;
    core::Cancellation cancellation;
    return Fsck(operator_, *writer_, {.deep = deep, .progress = progress, .cancellation = cancellation});
  }
  std::vector<std::string> Codes(bool deep) {
    std::vector<std::string> codes;
    for (const Finding& finding : Check(deep).findings) {
      codes.push_back(finding.code);
    }
    return codes;
  }
};

using Names = std::vector<std::string>;

TEST_P(FsckTest, FindsNothingInAWholeLake) {
  ASSERT_TRUE(CommitRows(5000, "a"));
  ASSERT_TRUE(CommitRows(3, "b"));
  const FsckReport report = Check(true);
  EXPECT_TRUE(report.findings.empty()) << report.findings.front().message;
  EXPECT_EQ(report.files, 4U);
  EXPECT_GT(report.snapshots, 3U);
}

TEST_P(FsckTest, FindsAMissingFile) {
  ASSERT_TRUE(CommitRows(5000, "a"));
  fs::remove(FilesInData().front());
  EXPECT_EQ(Codes(false), Names{"file_missing"});
}

TEST_P(FsckTest, FindsATruncatedFile) {
  ASSERT_TRUE(CommitRows(5000, "a"));
  fs::resize_file(FilesInData().front(), 100);
  EXPECT_EQ(Codes(false), Names{"file_size"});
}

TEST_P(FsckTest, FindsAnOverwrittenFooter) {
  ASSERT_TRUE(CommitRows(5000, "a"));
  const std::string path = FilesInData().front();
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(fs::file_size(path)) - 300);
  file << std::string(200, 'x');
  file.close();
  EXPECT_EQ(Codes(false), Names{"file_unreadable"});
}

TEST_P(FsckTest, FindsAFileOfOthers) {
  ASSERT_TRUE(CommitRows(5000, "a"));
  std::ofstream(folder_ + "/data/notes.txt") << "x";
  EXPECT_EQ(Codes(false), Names{"file_orphaned"});
}

TEST_P(FsckTest, FindsAWrongRowCount) {
  ASSERT_TRUE(CommitRows(5000, "a"));
  lake_->ConnectMetadata().Query("UPDATE ducklake_data_file SET record_count = 4999 WHERE record_count = 5000");
  EXPECT_EQ(Codes(false), Names{"row_count"});
}

TEST_P(FsckTest, FindsDoubledVersionsAndMissingLineage) {
  const CommitInfo info{.run_id = "r", .kind = "ingest", .message = "m"};
  ASSERT_TRUE(CommitRows(3, "a"));
  ASSERT_TRUE(writer_->Commit(operator_, info, [](duck::Connection& connection, std::int64_t) {
    connection.Query("INSERT INTO raw.fhir_resource SELECT * FROM raw.fhir_resource");
    connection.Query("DELETE FROM lineage.run WHERE run_id = 'a'");
    return CommitOutcome{.changed = true};
  }));
  EXPECT_EQ(Codes(false), (Names{"lineage_missing", "version_doubled"}));
}

TEST_P(FsckTest, FindsAMissingTable) {
  const CommitInfo info{.run_id = "r", .kind = "ingest", .message = "m"};
  writer_->Commit(operator_, info, [](duck::Connection& connection, std::int64_t) {
    connection.Query("DROP TABLE quality.exclusion");
    return CommitOutcome{.changed = true};
  });
  EXPECT_EQ(Codes(false), Names{"table_differs"});
}

TEST_P(FsckTest, ADamagedCatalogFileSaysRestore) {
  if (project_.is_postgres()) {
    GTEST_SKIP() << "PostgreSQL keeps its own files";
  }
  Close();
  std::ofstream(folder_ + "/catalog.sqlite", std::ios::binary | std::ios::trunc) << std::string(8192, 'x');
  try {
    Lake lake(Settings());
    FAIL() << "a damaged catalog was opened";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), "PL-0314");
    EXPECT_NE(error.hint().find("restore"), std::string::npos);
  }
}

TEST_P(FsckTest, CompactKeepsRowsAndVersions) {
  for (int i = 0; i < 6; ++i) {
    ASSERT_TRUE(CommitRows(i % 2 == 0 ? 1000 : 3, "b" + std::to_string(i)));
  }
  const auto third = Snapshots(operator_, *lake_, {.asset_key = "raw/fhir_resource"}).at(3).snapshot_id;
  const CompactReport report = Compact(operator_, *writer_, {.retired_minutes_min = 0});
  EXPECT_GT(report.rows_flushed, 9);
  EXPECT_EQ(CountResources(), 3009);
  EXPECT_TRUE(Codes(true).empty());
  ReaderSettings settings = ReadSettings();
  settings.snapshot_id = third;
  EXPECT_EQ(Reader(operator_, settings).Connect().QueryInt64("SELECT count(*) FROM fhir_resource"), 2003);
}

TEST_P(FsckTest, ExpireStopsAtTheLowestCursorAndAtTheAge) {
  std::vector<std::int64_t> ids;
  for (int i = 0; i < 5; ++i) {
    ids.push_back(CommitRows(3, "b" + std::to_string(i)).value());
  }
  EXPECT_TRUE(Expire(operator_, *writer_, {.older_than_days = 1}).expired.empty());
  const ExpireReport report = Expire(operator_, *writer_, {.older_than_days = 0, .lowest_cursor = ids[2]});
  EXPECT_EQ(report.expired.back(), ids[2] - 1);
  EXPECT_EQ(Snapshots(operator_, *lake_, {}).back().snapshot_id, ids[2]);
  EXPECT_TRUE(Codes(true).empty());
  EXPECT_EQ(CountResources(), 15);
}

TEST_P(FsckTest, SnapshotsOfOneKeyAreThoseThatTouchedIt) {
  const auto first = CommitRows(3, "a");
  const auto other = writer_->Commit(operator_, {.run_id = "r", .kind = "ingest", .message = "m"},
                                     [](duck::Connection& connection, std::int64_t) {
                                       connection.Query("INSERT INTO raw.fhir_identifier VALUES ('P', 'p', 's', 'v')");
                                       return CommitOutcome{.changed = true};
                                     });
  const std::vector<Snapshot> all = Snapshots(operator_, *lake_, {});
  const std::vector<Snapshot> touched = Snapshots(operator_, *lake_, {.asset_key = "raw/fhir_resource"});
  EXPECT_EQ(all.front().snapshot_id, other);
  EXPECT_EQ(touched.front().snapshot_id, first);
  EXPECT_EQ(touched.size(), 2U);  // when it was made, and the rows
  EXPECT_THROW(Snapshots(operator_, *lake_, {.asset_key = "raw/nothing"}), core::Error);
}

PL_ON_BOTH_CATALOGS(FsckTest);

}  // namespace
}  // namespace pluginlake::catalog
