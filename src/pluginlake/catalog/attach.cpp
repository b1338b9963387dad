// Builds ATTACH for both catalogs; ATTACH binds no values, so its texts are quoted here and nowhere else.
#include "pluginlake/catalog/attach.h"

#include <unistd.h>

#include <fmt/format.h>

#include <fstream>
#include <string_view>

#include "catalog/sql.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

constexpr const char* kSecret = "pluginlake_catalog_server";
constexpr int kSqliteBusyTimeoutMs = 10000;

// Holds the URL of the server as a secret while something is attached with it.
class ServerSecret {
 public:
  ServerSecret(duck::Connection& connection, const core::Project& project)
      : connection_(connection), project_(project) {
    if (project_.is_postgres()) {
      connection_.Query(fmt::format("CREATE OR REPLACE SECRET {} (TYPE postgres, URI {})", kSecret,
                                    duck::QuoteLiteral(project_.catalog)));
    }
  }
  // Takes the secret away again; a failed attach leaves it to the instance, which is then thrown away.
  void Drop() {
    if (project_.is_postgres()) {
      connection_.Query(fmt::format("DROP SECRET {}", kSecret));
    }
  }

 private:
  duck::Connection& connection_;
  const core::Project& project_;
};

std::string Location(const core::Project& project) {
  return duck::QuoteLiteral(project.is_postgres() ? "ducklake:postgres:" : "ducklake:sqlite:" + CatalogFile(project));
}

std::string BackendOptions(const core::Project& project, const AttachMode& mode) {
  if (project.is_postgres()) {
    return fmt::format("META_SECRET {}", duck::QuoteLiteral(kSecret));
  }
  // WAL comes with the first connection to the file, before DuckLake's own tables: without it one open read blocks
  // every commit.
  const char* journal = mode.read_only ? "" : ", META_JOURNAL_MODE 'WAL'";
  return fmt::format("META_BUSY_TIMEOUT {}{}", kSqliteBusyTimeoutMs, journal);
}

std::string AttachStatement(const core::Project& project, const AttachMode& mode) {
  std::string options = fmt::format("DATA_PATH {}, CREATE_IF_NOT_EXISTS {}, {}", duck::QuoteLiteral(project.data_path),
                                    mode.create, BackendOptions(project, mode));
  if (!mode.create) {
    options += ", OVERRIDE_DATA_PATH true";  // a station may have been moved or restored elsewhere
  }
  if (mode.read_only) {
    options += ", READ_ONLY";
  }
  if (mode.snapshot_id) {
    options += fmt::format(", SNAPSHOT_VERSION {}", *mode.snapshot_id);
  }
  return fmt::format("ATTACH {} AS {} ({})", Location(project), duck::QuoteIdentifier(project.alias), options);
}

// Refuses a file that is no SQLite database before anything opens it: opening an empty file would make one of it.
void CheckIsSqlite(const std::string& path) {
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  std::string head(kMagic.size(), ' ');
  std::ifstream file(path, std::ios::binary);
  file.read(head.data(), static_cast<std::streamsize>(head.size()));
  if (file.gcount() != static_cast<std::streamsize>(kMagic.size()) || head != kMagic) {
    throw core::Error(core::ErrorKind::kInternal, "PL-0314",
                      fmt::format("The catalog is damaged: {} is no database", path),
                      "Restore the station from a backup: pluginlake help restore.");
  }
}

bool ServerHasCatalog(duck::Database& database, const core::Project& project) {
  duck::Connection connection = database.Connect();
  ServerSecret secret(connection, project);
  connection.Query(
      fmt::format("ATTACH '' AS pluginlake_probe (TYPE postgres, SECRET {}, READ_ONLY)", duck::QuoteLiteral(kSecret)));
  const bool found = connection.QueryInt64(sql::kServerHasCatalog).value_or(0) > 0;
  connection.Query("DETACH pluginlake_probe");
  secret.Drop();
  return found;
}

}  // namespace

std::string CatalogFile(const core::Project& project) {
  return fmt::format("{}/{}catalog.sqlite", project.directory, project.name == "default" ? "" : project.name + ".");
}

std::string MetadataCatalog(const core::Project& project) { return "__ducklake_metadata_" + project.alias; }

duck::Database OpenInstance(const LakeSettings& settings) {
  duck::DatabaseSettings database{.extension_directory = settings.extension_directory,
                                  .extensions = {"ducklake"},
                                  .temp_directory = settings.temp_directory,
                                  .temp_mb_max = settings.temp_mb_max,
                                  .memory_mb_max = settings.memory_mb_max,
                                  .threads = settings.threads};
  database.extensions.push_back(settings.project.is_postgres() ? "postgres_scanner" : "sqlite_scanner");
  if (settings.project.data_path.find("://") != std::string::npos) {
    database.extensions.push_back("httpfs");
  }
  return duck::Database(database);
}

void Attach(duck::Database& database, const core::Project& project, const AttachMode& mode) {
  if (!mode.create && !project.is_postgres() && ::access(CatalogFile(project).c_str(), F_OK) != 0) {
    throw core::Error(core::ErrorKind::kNotFound, "PL-0401",
                      fmt::format("There is no catalog file {}", CatalogFile(project)),
                      "Make a station with 'pluginlake init DIR', or restore a backup.");
  }
  if (!mode.create && !project.is_postgres()) {
    CheckIsSqlite(CatalogFile(project));
  }
  duck::Connection connection = database.Connect();
  ServerSecret secret(connection, project);
  connection.Query(AttachStatement(project, mode));
  secret.Drop();
}

void Detach(duck::Database& database, const core::Project& project) {
  database.Connect().Query("DETACH " + duck::QuoteIdentifier(project.alias));
}

bool CatalogExists(duck::Database& database, const core::Project& project) {
  if (project.is_postgres()) {
    return ServerHasCatalog(database, project);
  }
  return ::access(CatalogFile(project).c_str(), F_OK) == 0;
}

}  // namespace pluginlake::catalog
