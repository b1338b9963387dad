// Settings: which source wins, what is refused, and that all that is wrong is said at once.
#include "pluginlake/core/settings_load.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "pluginlake/core/error.h"
#include "pluginlake/core/settings_table.h"

namespace pluginlake::core {
namespace {

class SettingsLoad : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = std::filesystem::path(::testing::TempDir()) / ("settings_" + name);
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string File(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name) << text;
    return (folder_ / name).string();
  }

  // Returns what is wrong with `input`, "" if nothing.
  static std::string Refusal(const SettingsInput& input) {
    try {
      LoadSettings(input);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kInvalidInput);
      EXPECT_EQ(error.code(), "PL-0101");
      return error.what();
    }
    return "";
  }

  std::filesystem::path folder_;
};

TEST_F(SettingsLoad, DefaultsFitTheirOwnBounds) {
  LoadedSettings loaded = LoadSettings({});
  for (const SettingSpec& spec : SettingsTable()) {
    EXPECT_EQ(loaded.origins.at(std::string(spec.key)), "default");
    Settings target;
    EXPECT_EQ(AssignText(spec, ShownValue(spec, loaded.settings), target), std::nullopt) << spec.key;
  }
}

TEST_F(SettingsLoad, FlagBeatsEnvironmentBeatsDotenvBeatsFile) {
  SettingsInput input;
  input.toml_path = File("pluginlake.toml",
                         "[duck]\nmemory_mb_max = 100\nthreads = 1\n[sources]\nthreads = 1\n[query]\nthreads = 1\n");
  input.dotenv_paths = {
      File(".env", "PLUGINLAKE_DUCK__THREADS=2\nPLUGINLAKE_SOURCES__THREADS=2\nPLUGINLAKE_QUERY__THREADS=2\n")};
  input.environment = {{"PLUGINLAKE_SOURCES__THREADS", "3"}, {"PLUGINLAKE_QUERY__THREADS", "3"}};
  input.flags = {"query.threads=4"};
  LoadedSettings loaded = LoadSettings(input);
  EXPECT_EQ(loaded.settings.duck.memory_mb_max, 100U);
  EXPECT_EQ(loaded.settings.duck.threads, 2U);
  EXPECT_EQ(loaded.settings.sources.threads, 3U);
  EXPECT_EQ(loaded.settings.query.threads, 4U);
  EXPECT_EQ(loaded.origins["duck.memory_mb_max"], "pluginlake.toml:2");
  EXPECT_EQ(loaded.origins["duck.threads"], ".env:1");
  EXPECT_EQ(loaded.origins["sources.threads"], "PLUGINLAKE_SOURCES__THREADS");
  EXPECT_EQ(loaded.origins["query.threads"], "--set");
}

TEST_F(SettingsLoad, ThreeWrongSettingsAreSaidAtOnce) {
  SettingsInput input;
  input.toml_path = File("pluginlake.toml", "[duck]\nmemory_mb_max = -4\n[log]\nlevel = \"loud\"\n");
  input.environment = {{"PLUGINLAKE_SOURCES__RESOURCE_MB_MAX", "many"}};
  std::string refusal = Refusal(input);
  EXPECT_NE(refusal.find("3 settings are wrong"), std::string::npos) << refusal;
  EXPECT_NE(refusal.find("duck.memory_mb_max = -4 (pluginlake.toml:2): must be a whole number between 64"),
            std::string::npos);
  EXPECT_NE(refusal.find("log.level = loud (pluginlake.toml:4): must be one of: debug info warning error"),
            std::string::npos);
  EXPECT_NE(refusal.find("(PLUGINLAKE_SOURCES__RESOURCE_MB_MAX)"), std::string::npos);
  EXPECT_EQ(std::count(refusal.begin(), refusal.end(), '\n'), 3);
}

TEST_F(SettingsLoad, AWrongValueThatIsOverruledIsStillSaid) {
  SettingsInput input;
  input.toml_path = File("pluginlake.toml", "[duck]\nthreads = 9999\n");
  input.flags = {"duck.threads=2"};
  EXPECT_NE(Refusal(input).find("duck.threads = 9999"), std::string::npos);
}

TEST_F(SettingsLoad, UnknownKeysOfferTheNearest) {
  SettingsInput input;
  input.toml_path = File("pluginlake.toml", "[sources]\nresource_mb_maxx = 5\n[nonsense]\nqwertyuiop = 1\n");
  input.environment = {{"PLUGINLAKE_DUCK__MEMORY_MB_MX", "5"}};
  input.flags = {"owner.wait_ms=3"};
  std::string refusal = Refusal(input);
  EXPECT_NE(refusal.find("did you mean sources.resource_mb_max?"), std::string::npos) << refusal;
  EXPECT_NE(
      refusal.find("PLUGINLAKE_DUCK__MEMORY_MB_MX: unknown setting; did you mean PLUGINLAKE_DUCK__MEMORY_MB_MAX?"),
      std::string::npos);
  EXPECT_NE(refusal.find("owner.wait_ms (--set): unknown setting; did you mean owner.wait_ms_max?"), std::string::npos);
  EXPECT_NE(refusal.find("nonsense.qwertyuiop (pluginlake.toml:4): unknown setting\n"), std::string::npos);
}

TEST_F(SettingsLoad, TomlThatCannotBeReadIsSaidWithItsLine) {
  SettingsInput input;
  input.toml_path = File("pluginlake.toml", "[station]\nname = \n");
  EXPECT_NE(Refusal(input).find("pluginlake.toml:2:"), std::string::npos);
}

TEST_F(SettingsLoad, SecretsComeFromFilesAndAreNeverShown) {
  SettingsInput input;
  input.environment = {{"PLUGINLAKE_POSTGRES__PASSWORD_FILE", File("secret", "s3cret\n")}};
  LoadedSettings loaded = LoadSettings(input);
  EXPECT_EQ(loaded.settings.postgres.password, "s3cret");
  EXPECT_EQ(ShownValue(*FindSetting("postgres.password"), loaded.settings), "(secret)");
  input.environment = {{"PLUGINLAKE_POSTGRES__PASSWORD_FILE", (folder_ / "absent").string()}};
  EXPECT_NE(Refusal(input).find("cannot be read"), std::string::npos);
  input.environment = {{"PLUGINLAKE_LOG__LEVEL_FILE", "x"}};
  EXPECT_NE(Refusal(input).find("unknown setting"), std::string::npos) << "only secrets may be in files";
}

TEST_F(SettingsLoad, ThePredecessorsNamesAreAliases) {
  SettingsInput input;
  input.environment = {{"DUCKLAKE_PG_HOST", "db"},      {"DUCKLAKE_PG_PORT", "5433"},
                       {"DUCKLAKE_PG_USER", "lake"},    {"DUCKLAKE_PG_PASSWORD", "pw"},
                       {"DUCKLAKE_PG_DB", "cat"},       {"DUCKLAKE_DATA_PATH", "/srv/lake"},
                       {"PLUGINLAKE_LOG_LEVEL", "INFO"}};
  LoadedSettings loaded = LoadSettings(input);
  EXPECT_EQ(loaded.settings.postgres.host, "db");
  EXPECT_EQ(loaded.settings.postgres.port, 5433U);
  EXPECT_EQ(loaded.settings.postgres.database, "cat");
  EXPECT_EQ(loaded.settings.station.catalog, "postgres://");
  EXPECT_EQ(loaded.settings.station.data, "/srv/lake");
  EXPECT_EQ(loaded.settings.log.level, "info");
  EXPECT_TRUE(loaded.warnings.empty());
}

TEST_F(SettingsLoad, OurOwnNameWinsOverThePredecessors) {
  SettingsInput input;
  input.environment = {{"DUCKLAKE_DATA_PATH", "old"}, {"PLUGINLAKE_STATION__DATA", "new"}};
  EXPECT_EQ(LoadSettings(input).settings.station.data, "new");
}

TEST_F(SettingsLoad, NamesOfNoUseWarn) {
  SettingsInput input;
  input.environment = {
      {"PLUGINLAKE_SERVER_PORT", "8000"}, {"PLUGINLAKE_INGEST_DAGSTER_JOB_NAME", "x"}, {"OMOP_BATCH_SIZE", "1"}};
  EXPECT_EQ(LoadSettings(input).warnings.size(), 3U);
}

TEST_F(SettingsLoad, ThePredecessorsFileIsAccepted) {
  SettingsInput input;
  input.toml_path =
      File("pluginlake.toml",
           "[station]\nendpoint_url = \"http://x\"\ndashboards = false\n[[projects]]\nname = \"a\"\npath = \"b\"\n");
  LoadedSettings loaded = LoadSettings(input);
  EXPECT_FALSE(loaded.settings.station.dashboards);
  ASSERT_EQ(loaded.settings.projects.size(), 1U);
  EXPECT_EQ(loaded.settings.projects[0].path, "b");
  input.toml_path = File("pluginlake.toml", "[[projects]]\nname = \"a\"\npath = \"b\"\nsource = \"c\"\n");
  EXPECT_NE(Refusal(input).find("exactly one of path and source"), std::string::npos);
}

TEST_F(SettingsLoad, DotenvTakesQuotesCommentsAndExport) {
  SettingsInput input;
  input.dotenv_paths = {File(".env",
                             "# a comment\n\nexport PLUGINLAKE_STATION__NAME='my # station'\n"
                             "PLUGINLAKE_DUCK__THREADS = 3 # three\nSOMETHING_ELSE=1\n"),
                        File(".env2", "PLUGINLAKE_DUCK__THREADS=4\n")};
  LoadedSettings loaded = LoadSettings(input);
  EXPECT_EQ(loaded.settings.station.name, "my # station");
  EXPECT_EQ(loaded.settings.duck.threads, 3U);
}

TEST(SettingsValue, PasswordsInUrlsAreNotShown) {
  EXPECT_EQ(WithoutPassword("postgres://u:p@h:5432/d"), "postgres://u:***@h:5432/d");
  EXPECT_EQ(WithoutPassword("postgres://h/d?user=u&password=p&x=1"), "postgres://h/d?user=u&password=***&x=1");
  EXPECT_EQ(WithoutPassword("postgres://u@h/d"), "postgres://u@h/d");
  EXPECT_EQ(WithoutPassword("sqlite"), "sqlite");
}

}  // namespace
}  // namespace pluginlake::core
