// What the store says when its database is gone, locked, damaged or not ours.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include "pluginlake/core/error.h"
#include "pluginlake/state/postgres_url.h"
#include "pluginlake/state/sqlite_database.h"
#include "pluginlake/state/store.h"
#include "station_folder.h"

namespace pluginlake::state {
namespace {

std::optional<core::Error> ErrorOf(const StoreSettings& settings) {
  try {
    Store::Open(settings);
  } catch (const core::Error& error) {
    return error;
  }
  return std::nullopt;
}

TEST(FailureTest, NamesHostAndPortButNoPassword) {
  auto error =
      ErrorOf({.location = "postgres://ann:s3cret@127.0.0.1:1/station", .directory = "", .connect_ms_max = 2000});
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->kind(), core::ErrorKind::kUnavailable);
  EXPECT_NE(std::string(error->what()).find("127.0.0.1:1/station"), std::string::npos);
  EXPECT_EQ((error->what() + error->hint()).find("s3cret"), std::string::npos);
}

TEST(FailureTest, DoesNotRepeatAUrlItCannotRead) {
  auto error = ErrorOf({.location = "postgres://ann:s3%zzcret@host/station", .directory = ""});
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->kind(), core::ErrorKind::kInvalidInput);
  EXPECT_EQ((error->what() + error->hint()).find("s3"), std::string::npos);
}

TEST(FailureTest, TakesThePasswordOutOfAMessage) {
  EXPECT_EQ(WithoutSecret("postgres://a:pw1@h/d", "FATAL: pw1 and pw1\nmore"), "FATAL: *** and ***");
}

TEST(FailureTest, CallsADamagedFileDamaged) {
  StationFolder folder;
  std::ofstream(folder.path() + "/state.sqlite") << std::string(8192, 'x');
  auto error = ErrorOf({.location = "sqlite", .directory = folder.path()});
  ASSERT_TRUE(error.has_value());
  EXPECT_EQ(error->code(), "PL-0505");
  EXPECT_NE(error->hint().find("restore"), std::string::npos);
}

TEST(FailureTest, WaitsOnlySoLongForALock) {
  StationFolder folder;
  auto store = Store::Open({.location = "sqlite", .directory = folder.path(), .busy_ms_max = 50});
  SqliteDatabase other({.path = folder.path() + "/state.sqlite"});
  SqlTransaction held(other);
  try {
    store->PutValue("a", "b");
    ADD_FAILURE() << "nothing was thrown";
  } catch (const core::Error& error) {
    EXPECT_EQ(error.code(), "PL-0502");
  }
}

TEST(FailureTest, KeepsTheFileFromOthers) {
  StationFolder folder;
  Store::Open({.location = "sqlite", .directory = folder.path()});
  auto rights = std::filesystem::status(folder.path() + "/state.sqlite").permissions();
  EXPECT_EQ(rights, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST(FailureTest, CopiesWhileAnotherConnectionWrites) {
  StationFolder folder;
  auto store = Store::Open({.location = "sqlite", .directory = folder.path()});
  store->PutValue("a", "1");
  SqliteDatabase other({.path = folder.path() + "/state.sqlite"});
  SqlTransaction held(other);
  CopySqliteFile(folder.path() + "/state.sqlite", folder.path() + "/copy.sqlite");
  SqliteDatabase copy({.path = folder.path() + "/copy.sqlite"});
  EXPECT_EQ(std::get<std::string>(copy.Run("SELECT value FROM kept_value", {}).at(0).at(0)), "1");
}

}  // namespace
}  // namespace pluginlake::state
