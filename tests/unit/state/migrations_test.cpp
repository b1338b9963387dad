// Older records move forward with a copy made first; newer or changed ones are refused.
#include "pluginlake/state/migrations.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "pluginlake/core/error.h"
#include "pluginlake/state/postgres_database.h"
#include "pluginlake/state/sqlite_database.h"
#include "pluginlake/state/store.h"
#include "station_folder.h"

namespace pluginlake::state {
namespace {

std::string FixtureOf(const std::string& name) {
  std::ifstream file(std::string(PLUGINLAKE_TEST_DATA) + "/state/" + name);
  EXPECT_TRUE(file.good()) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string CodeOf(const std::function<void()>& work) {
  try {
    work();
  } catch (const core::Error& error) {
    return error.code();
  }
  return "nothing was thrown";
}

StoreSettings SqliteIn(const StationFolder& folder) { return {.location = "sqlite", .directory = folder.path()}; }

SqliteDatabase FileOf(const StationFolder& folder, const std::string& name) {
  return SqliteDatabase({.path = folder.path() + "/" + name});
}

// What must be so after version 1 was moved forward.
void ExpectVersionOneKept(Store& store) {
  EXPECT_EQ(store.SchemaVersion(), static_cast<std::int64_t>(KnownMigrations().size()));
  ASSERT_EQ(store.Batches(10).size(), 3U);
  auto done = store.FindBatch("batch-done");
  ASSERT_TRUE(done.has_value());
  EXPECT_EQ(done->counts.received, 252715);
  EXPECT_EQ(done->snapshot_id, 4);
  EXPECT_EQ(done->start.program_version, "");
  ASSERT_EQ(store.UnfinishedBatches().size(), 1U);
  EXPECT_EQ(store.UnfinishedBatches().at(0).start.batch_id, "batch-killed");
  EXPECT_EQ(store.Events("run-done", 0, 10).size(), 2U);
  EXPECT_EQ(store.LowestCursor(), 3);
  EXPECT_EQ(store.FindValue("station_id"), "fixture of version 1");
}

TEST(MigrationsTest, MovesVersionOneForwardOnSqlite) {
  StationFolder folder;
  FileOf(folder, "state.sqlite").RunScript(FixtureOf("v1.sql"));
  auto store = Store::Open(SqliteIn(folder));
  ExpectVersionOneKept(*store);
  store.reset();
  auto again = Store::Open(SqliteIn(folder));
  ExpectVersionOneKept(*again);
  SqliteDatabase copy = FileOf(folder, "state.sqlite.before-0002");
  EXPECT_EQ(AppliedVersion(copy), 1);
  EXPECT_EQ(copy.Run("SELECT batch_id FROM batch", {}).size(), 3U);
}

TEST(MigrationsTest, MovesVersionOneForwardOnPostgres) {
  if (TestPostgresUrl().empty()) {
    GTEST_SKIP() << "PLUGINLAKE_TEST_POSTGRES is not set";
  }
  EmptyTestPostgres();
  PostgresDatabase database({.url = TestPostgresUrl(), .session_script = {}});
  database.RunScript(FixtureOf("v1.sql"));
  auto store = Store::Open({.location = TestPostgresUrl(), .directory = ""});
  ExpectVersionOneKept(*store);
  EXPECT_EQ(database.Run("SELECT batch_id FROM pluginlake_before_0002.batch", {}).size(), 3U);
}

TEST(MigrationsTest, MakesNoCopyOfAFreshDatabase) {
  StationFolder folder;
  Store::Open(SqliteIn(folder));
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    EXPECT_EQ(entry.path().string().find("before"), std::string::npos) << entry.path();
  }
}

TEST(MigrationsTest, RefusesRecordsOfANewerProgram) {
  StationFolder folder;
  Store::Open(SqliteIn(folder));
  FileOf(folder, "state.sqlite").RunScript("INSERT INTO migration VALUES (99, '0099_future', 'x', 1)");
  EXPECT_EQ(CodeOf([&] { Store::Open(SqliteIn(folder)); }), "PL-0501");
}

TEST(MigrationsTest, RefusesAStepThatWasEditedLater) {
  StationFolder folder;
  SqliteDatabase database = FileOf(folder, "state.sqlite");
  std::vector<Migration> known = {{1, "0001_first", "CREATE TABLE t (a BIGINT)"}};
  Migrate(database, known);
  known.front().script = "CREATE TABLE t (b BIGINT)";
  EXPECT_EQ(CodeOf([&] { Migrate(database, known); }), "PL-0506");
}

TEST(MigrationsTest, LeavesNothingOfAStepThatFails) {
  StationFolder folder;
  SqliteDatabase database = FileOf(folder, "state.sqlite");
  std::vector<Migration> known = {{1, "0001_first", "CREATE TABLE t (a BIGINT)"},
                                  {2, "0002_broken", "CREATE TABLE u (a BIGINT); INSERT INTO nowhere VALUES (1)"}};
  EXPECT_EQ(CodeOf([&] { Migrate(database, known); }), "PL-0510");
  EXPECT_EQ(AppliedVersion(database), 1);
  EXPECT_EQ(CodeOf([&] { database.Run("SELECT a FROM u", {}); }), "PL-0510");
}

TEST(MigrationsTest, NumbersStepsAsTheirFilesDo) {
  for (const Migration& migration : KnownMigrations()) {
    EXPECT_EQ(std::stoll(std::string(migration.name.substr(0, 4))), migration.number);
  }
}

}  // namespace
}  // namespace pluginlake::state
