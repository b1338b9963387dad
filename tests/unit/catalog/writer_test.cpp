// What the one writer promises: lineage in the same snapshot, nothing half-done, commits one after another.
#include <gtest/gtest.h>

#include <filesystem>
#include <thread>

#include "catalog/sql.h"
#include "lake_fixture.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/core/error.h"
#include "pluginlake/schemas/check.h"

namespace pluginlake::catalog {
namespace {

class WriterTest : public LakeTest {};

TEST_P(WriterTest, CommitsLineageInTheSameSnapshot) {
  const std::int64_t before = lake_->CurrentSnapshot(*std::make_unique<duck::Connection>(lake_->Connect()));
  const CommitInfo info{
      .run_id = "b1", .kind = "ingest", .message = "a test", .code_fingerprint = "f", .assets = {"raw/fhir_resource"}};
  std::int64_t foretold = -1;
  const auto id = writer_->Commit(operator_, info, [&](duck::Connection& connection, std::int64_t next) {
    foretold = next;
    connection.Query("INSERT INTO raw.fhir_identifier VALUES ('Patient', 'p', 's', 'v')");
    return CommitOutcome{
        .changed = true,
        .inputs =
            {{.asset = "raw/fhir_resource", .input = "a \"b\".ndjson", .input_kind = "file", .bytes = 7, .records = 1},
             {.asset = "raw/fhir_resource", .input = "raw/x", .input_kind = "asset", .input_snapshot_id = 5}},
        .counts_json = R"({"stored":1})",
        .column_edges = {
            {.asset = "a", .column_name = "c", .input = "i", .input_column = "k", .expression_kind = "identity"}}};
  });
  ASSERT_TRUE(id.has_value());
  EXPECT_EQ(*id, before + 1);
  EXPECT_EQ(*id, foretold);
  duck::Connection connection = lake_->Connect();
  EXPECT_EQ(connection.QueryInt64("SELECT snapshot_id FROM lineage.run WHERE run_id = 'b1'"), *id);
  EXPECT_EQ(connection.QueryText("SELECT counts->>'stored' FROM lineage.run WHERE run_id = 'b1'"), "1");
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM lineage.input WHERE run_id = 'b1'"), 2);
  EXPECT_EQ(connection.QueryInt64("SELECT input_snapshot_id FROM lineage.input WHERE input = 'raw/x'"), 5);
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM lineage.column_edge"), 1);
  EXPECT_EQ(
      connection.QueryText(
          "SELECT commit_extra_info::JSON->>'run_id' FROM ducklake_snapshots('lake') WHERE snapshot_id = $1", {*id}),
      "b1");
}

TEST_P(WriterTest, MakesNoSnapshotWhenNothingChanged) {
  duck::Connection connection = lake_->Connect();
  const std::int64_t before = lake_->CurrentSnapshot(connection);
  const auto id = writer_->Commit(operator_, {.run_id = "b"}, [](duck::Connection& work, std::int64_t) {
    work.Query("INSERT INTO raw.fhir_identifier VALUES ('Patient', 'p', 's', 'v')");
    return CommitOutcome{};
  });
  EXPECT_FALSE(id.has_value());
  EXPECT_EQ(lake_->CurrentSnapshot(connection), before);
  EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM raw.fhir_identifier"), 0);
}

TEST_P(WriterTest, RollsBackFailingWorkAndLeavesNoFile) {
  ASSERT_TRUE(CommitRows(5000, "a"));
  const std::size_t files = FilesInData().size();
  EXPECT_THROW(writer_->Commit(operator_, {.run_id = "b"},
                               [](duck::Connection& work, std::int64_t) -> CommitOutcome {
                                 work.Query(
                                     "INSERT INTO raw.fhir_identifier SELECT 'T', 'i', 's', CASE WHEN i = "
                                     "400000 THEN error('boom') ELSE 'v' || i END FROM range(500000) t(i)");
                                 return {.changed = true};
                               }),
               core::Error);
  writer_->Exclusively([](Lake&) {});
  EXPECT_EQ(FilesInData().size(), files);
  EXPECT_EQ(lake_->Connect().QueryInt64("SELECT count(*) FROM raw.fhir_identifier"), 0);
  ASSERT_TRUE(CommitRows(5000, "c"));
  EXPECT_EQ(CountResources(), 10000);
}

TEST_P(WriterTest, RefusesARole) {
  const core::Principal researcher{.name = "r", .role = "researcher"};
  EXPECT_THROW(writer_->Commit(researcher, {}, [](duck::Connection&, std::int64_t) { return CommitOutcome{}; }),
               core::Error);
  EXPECT_THROW(Reader(researcher, ReadSettings()), core::Error);
}

TEST_P(WriterTest, CommitsOfTwoThreadsFollowEachOther) {
  constexpr int kCommits = 8;
  auto commit = [&](const std::string& name) {
    for (int i = 0; i < kCommits; ++i) {
      EXPECT_TRUE(CommitRows(3, name + std::to_string(i)));
    }
  };
  std::thread first(commit, "x");
  std::thread second(commit, "y");
  first.join();
  second.join();
  EXPECT_EQ(CountResources(), 2 * kCommits * 3);
  EXPECT_EQ(lake_->Connect().QueryInt64("SELECT count(DISTINCT snapshot_id) FROM lineage.run"), 2 * kCommits);
}

TEST_P(WriterTest, TheNextOwnerRemovesWhatAKilledOneLeft) {
  ASSERT_TRUE(CommitRows(5000, "a"));
  const std::vector<std::string> files = FilesInData();
  const std::string orphan = files.front().substr(0, files.front().rfind('/')) + "/ducklake-01900000-orphan.parquet";
  std::filesystem::copy_file(files.front(), orphan);
  Reopen();
  writer_->Exclusively([](Lake&) {});
  EXPECT_EQ(FilesInData(), files);
}

TEST_P(WriterTest, ALakeHasTheTablesOfTheRegistry) {
  duck::Connection connection = lake_->Connect();
  const std::vector<schemas::TableDifference> found =
      schemas::CheckTables(schemas::StationTables(), StandingTables(connection, project_));
  for (const schemas::TableDifference& difference : found) {
    ADD_FAILURE() << schemas::Describe(difference);
  }
}

TEST_P(WriterTest, CreateNeverTakesOverALake) { EXPECT_THROW(Lake::Create(Settings()), core::Error); }

PL_ON_BOTH_CATALOGS(WriterTest);

}  // namespace
}  // namespace pluginlake::catalog
