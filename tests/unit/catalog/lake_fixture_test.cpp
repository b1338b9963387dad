// Makes and drops the lakes of the catalog's tests.
#include "lake_fixture.h"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "pluginlake/catalog/data_files.h"

namespace pluginlake::catalog {
namespace {

namespace fs = std::filesystem;

constexpr const char* kInsertResources =
    "INSERT INTO raw.fhir_resource SELECT 'Patient', $1 || i, 1, now(), now(), $1, 'test', i, md5($1 || i), $1 || i, "
    "false, '{\"resourceType\":\"Patient\"}', NULL, false FROM range($2) AS t(i)";

std::string ServerUrl() {
  const char* url = std::getenv("PLUGINLAKE_TEST_POSTGRES");
  return url == nullptr ? "" : url;
}

std::string UniqueName() {
  static std::atomic<int> counter{0};
  return fmt::format("pl_test_{}_{}", ::getpid(), counter.fetch_add(1));
}

void OnServer(const std::string& statement) {
  duck::Database database({.extension_directory = PLUGINLAKE_TEST_EXTENSIONS, .extensions = {"postgres_scanner"}});
  duck::Connection connection = database.Connect();
  connection.Query(fmt::format("CREATE SECRET server (TYPE postgres, URI {})", duck::QuoteLiteral(ServerUrl())));
  connection.Query("ATTACH '' AS server (TYPE postgres, SECRET 'server')");
  connection.Query(
      fmt::format("CALL postgres_execute('server', {}, use_transaction => false)", duck::QuoteLiteral(statement)));
}

}  // namespace

void LakeTest::SetUp() {
  const std::string name = UniqueName();
  folder_ = (fs::temp_directory_path() / name).string();
  fs::create_directories(folder_);
  project_ = {
      .name = "default", .alias = "lake", .catalog = "sqlite", .data_path = folder_ + "/data/", .directory = folder_};
  operator_ = core::LocalOperator();
  if (GetParam() == Backend::kPostgres) {
    if (ServerUrl().empty()) {
      GTEST_SKIP() << "PLUGINLAKE_TEST_POSTGRES names no server";
    }
    OnServer("CREATE DATABASE " + name);
    const std::string url = ServerUrl();
    project_.catalog = url.substr(0, url.rfind('/') + 1) + name;
  }
  Lake::Create(Settings());
  Reopen();
}

void LakeTest::TearDown() {
  Close();
  if (project_.is_postgres()) {
    EndConnections();  // DuckDB keeps one for its life after a commit that lost its server
    OnServer(fmt::format("DROP DATABASE IF EXISTS {}", fs::path(folder_).filename().string()));
  }
  fs::remove_all(folder_);
}

LakeSettings LakeTest::Settings() const {
  return {.project = project_, .extension_directory = PLUGINLAKE_TEST_EXTENSIONS, .temp_directory = folder_ + "/tmp"};
}

ReaderSettings LakeTest::ReadSettings() const {
  return {.project = project_, .extension_directory = PLUGINLAKE_TEST_EXTENSIONS, .temp_directory = folder_ + "/tmp"};
}

void LakeTest::Reopen() {
  Close();
  lake_ = std::make_unique<Lake>(Settings());
  writer_ = std::make_unique<Writer>(*lake_);
}

void LakeTest::Close() {
  writer_.reset();
  lake_.reset();
}

std::optional<std::int64_t> LakeTest::CommitRows(std::int64_t rows, const std::string& batch) {
  const CommitInfo info{.run_id = batch, .kind = "ingest", .message = "test", .assets = {"raw/fhir_resource"}};
  return writer_->Commit(operator_, info, [&](duck::Connection& connection, std::int64_t) {
    connection.Query(kInsertResources, {batch, rows});
    return CommitOutcome{.changed = true, .counts_json = R"({"stored":1})"};
  });
}

std::int64_t LakeTest::CountResources() {
  return lake_->Connect().QueryInt64("SELECT count(*) FROM raw.fhir_resource").value_or(-1);
}

std::vector<std::string> LakeTest::FilesInData() { return FilesInDataFolder(*lake_); }

void LakeTest::EndConnections() {
  const std::string database = fs::path(folder_).filename().string();
  OnServer(fmt::format(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = current_user AND datname = '{}'",
      database));
}

std::string BackendName(const ::testing::TestParamInfo<Backend>& info) {
  return info.param == Backend::kSqlite ? "sqlite" : "postgres";
}

}  // namespace pluginlake::catalog
