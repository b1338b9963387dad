// Makes a lake, and opens it for its owner.
#include "pluginlake/catalog/lake.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "catalog/sql.h"
#include "pluginlake/catalog/attach.h"
#include "pluginlake/catalog/layout.h"
#include "pluginlake/catalog/maintenance_lock.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

bool IsLocal(const core::Project& project) { return project.data_path.find("://") == std::string::npos; }

void MakeDataFolder(const core::Project& project) {
  std::error_code error;
  std::filesystem::create_directories(project.data_path, error);
  if (error) {
    throw core::Error(core::ErrorKind::kDenied, "PL-0405",
                      fmt::format("The data folder cannot be made ({}): {}", error.message(), project.data_path),
                      "Give the station's user write rights there, or name another folder with --data.");
  }
}

// Patients' data lie in the files and, as statistics and small writes, in the catalog: nobody else reads either.
void KeepPrivate(const core::Project& project) {
  namespace fs = std::filesystem;
  std::error_code ignored;  // a file system without rights has none to take away
  if (!project.is_postgres()) {
    fs::permissions(CatalogFile(project), fs::perms::owner_read | fs::perms::owner_write, ignored);
  }
  if (IsLocal(project)) {
    fs::permissions(project.data_path, fs::perms::owner_all, ignored);
  }
}

duck::Connection ConnectTo(duck::Database& database, const core::Project& project) {
  duck::Connection connection = database.Connect();
  connection.Query("USE " + duck::QuoteIdentifier(project.alias));
  return connection;
}

}  // namespace

struct Lake::Impl {
  LakeSettings settings;
  duck::Database database;
  std::unique_ptr<MaintenanceLock> maintenance_lock = std::make_unique<MaintenanceLock>();
};

void Lake::Create(const LakeSettings& settings) {
  duck::Database database = OpenInstance(settings);
  if (CatalogExists(database, settings.project)) {
    throw core::Error(core::ErrorKind::kConflict, "PL-0402", "There is a lake already where the new one should be",
                      "Name another folder or database; 'init' never takes over a lake that stands.");
  }
  if (IsLocal(settings.project)) {
    MakeDataFolder(settings.project);
  }
  Attach(database, settings.project, {.create = true});
  KeepPrivate(settings.project);
  duck::Connection connection = ConnectTo(database, settings.project);
  BringLayout(connection, settings.project);
}

Lake::Lake(const LakeSettings& settings)
    : impl_(std::make_unique<Impl>(Impl{.settings = settings, .database = OpenInstance(settings)})) {
  Attach(impl_->database, settings.project, {});
  if (StandingLayout(*this) < schemas::kLayoutVersion) {
    duck::Connection connection = Connect();
    BringLayout(connection, settings.project);
  }
}

Lake::~Lake() = default;

duck::Connection Lake::Connect() { return ConnectTo(impl_->database, impl_->settings.project); }

duck::Connection Lake::ConnectMetadata() {
  duck::Connection connection = impl_->database.Connect();
  connection.Query("USE " + duck::QuoteIdentifier(MetadataCatalog(impl_->settings.project)));
  return connection;
}

MaintenanceLock& Lake::maintenance_lock() { return *impl_->maintenance_lock; }

duck::Database& Lake::database() { return impl_->database; }

const LakeSettings& Lake::settings() const { return impl_->settings; }

const core::Project& Lake::project() const { return impl_->settings.project; }

bool Lake::is_local() const { return IsLocal(impl_->settings.project); }

std::int64_t Lake::CurrentSnapshot(duck::Connection& connection) {
  const std::optional<std::int64_t> id = connection.QueryInt64(sql::kCurrentSnapshot, {project().alias});
  PL_CHECK(id.has_value(), "a lake has no snapshot");
  return *id;
}

}  // namespace pluginlake::catalog
