// A copy of the catalog, restored elsewhere, is a lake with the same rows that fsck finds nothing wrong with.
#include "pluginlake/catalog/backup.h"

#include <filesystem>

#include "lake_fixture.h"
#include "pluginlake/catalog/fsck.h"
#include "pluginlake/catalog/maintenance.h"
#include "pluginlake/catalog/maintenance_lock.h"
#include "pluginlake/core/error.h"
#include "pluginlake/state/postgres_connection.h"
#include "pluginlake/state/sqlite_database.h"

namespace pluginlake::catalog {
namespace {

namespace fs = std::filesystem;

class BackupTest : public LakeTest {
 protected:
  CatalogCopy Copy() {
    fs::create_directories(folder_ + "/copy");
    return CopyCatalog(project_, folder_ + "/copy", state::CopySqliteFile);
  }

  // The place of the restored lake; on a server a database of its own beside the first.
  core::Project Elsewhere() {
    core::Project project = project_;
    project.directory = folder_ + "/elsewhere";
    project.data_path = project.directory + "/data/";
    fs::create_directories(project.directory);
    if (project_.is_postgres()) {
      const std::string name = fs::path(folder_).filename().string() + "_restored";
      state::PostgresConnection server({.url = project_.catalog, .session_script = {}});
      server.RunScript("CREATE DATABASE " + name);
      project.catalog = project_.catalog.substr(0, project_.catalog.rfind('/') + 1) + name;
    }
    return project;
  }

  void Restore(const core::Project& target) {
    if (!target.is_postgres()) {
      RestoreFileCatalog(folder_ + "/copy/catalog.sqlite", target);
      return;
    }
    state::PostgresConnection connection({.url = target.catalog, .session_script = {}});
    connection.RunScript("BEGIN");
    RestoreServerCatalog(connection, folder_ + "/copy", target);
    connection.RunScript("COMMIT");
  }

  void DropElsewhere(const core::Project& target) {
    if (target.is_postgres()) {
      state::PostgresConnection server({.url = project_.catalog, .session_script = {}});
      server.RunScript("DROP DATABASE " + fs::path(folder_).filename().string() + "_restored WITH (FORCE)");
    }
  }
};

TEST_P(BackupTest, RestoredElsewhereIsTheSameLake) {
  CommitRows(5000, "b1");
  CommitRows(3, "b2");  // few rows: DuckLake keeps them in the catalog itself
  writer_->Commit(operator_, {.run_id = "b3", .kind = "ingest"}, [](duck::Connection& connection, std::int64_t) {
    connection.Query("DELETE FROM raw.fhir_resource WHERE resource_id LIKE '%7'");
    return CommitOutcome{.changed = true};
  });
  const std::int64_t rows = CountResources();
  Close();
  const CatalogCopy copy = Copy();
  EXPECT_FALSE(copy.files.empty());
  const core::Project target = Elsewhere();
  for (const BackupFile& file : copy.files) {
    EXPECT_EQ(fs::file_size(file.path), file.bytes) << file.name;
    fs::create_directories(fs::path(target.data_path + file.name).parent_path());
    fs::copy_file(file.path, target.data_path + file.name);
  }
  Restore(target);
  {
    LakeSettings settings = Settings();
    settings.project = target;
    Lake restored(settings);
    duck::Connection connection = restored.Connect();
    EXPECT_EQ(connection.QueryInt64("SELECT count(*) FROM raw.fhir_resource"), rows);
    EXPECT_EQ(restored.CurrentSnapshot(connection), copy.snapshot_id);
    Writer writer(restored);
    core::NoProgress progress;
    core::Cancellation cancellation;
    const FsckReport report = Fsck(operator_, writer, {.progress = progress, .cancellation = cancellation});
    EXPECT_GT(report.files, 0U);
    for (const Finding& finding : report.findings) {
      ADD_FAILURE() << finding.code << " " << finding.subject << " " << finding.message;
    }
  }
  DropElsewhere(target);
  Reopen();
}

TEST_P(BackupTest, RefusesADatabaseThatHoldsALake) {
  if (!project_.is_postgres()) {
    GTEST_SKIP() << "a SQLite catalog is a file in an empty folder";
  }
  Copy();
  EXPECT_THROW(Restore(project_), core::Error);
  EXPECT_EQ(CountResources(), 0);
}

TEST_P(BackupTest, KeepsMaintenanceOut) {
  CommitRows(10, "b1");
  {
    const auto held = lake_->maintenance_lock().KeepFiles(0);
    EXPECT_TRUE(CommitRows(10, "b2").has_value());
    EXPECT_THROW(Compact(operator_, *writer_, {}), core::Error);
  }
  EXPECT_NO_THROW(Compact(operator_, *writer_, {}));
  const auto held = lake_->maintenance_lock().RemoveFiles(0);
  EXPECT_THROW(lake_->maintenance_lock().KeepFiles(10), core::Error);
}

PL_ON_BOTH_CATALOGS(BackupTest);

}  // namespace
}  // namespace pluginlake::catalog
