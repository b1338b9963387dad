// Opens its own instance, so that a long or greedy query costs the writer neither memory nor settings.
#include "pluginlake/catalog/reader.h"

#include <fmt/format.h>

#include "catalog/sql.h"
#include "pluginlake/catalog/access.h"
#include "pluginlake/catalog/attach.h"
#include "pluginlake/core/error.h"
#include "pluginlake/schemas/table.h"

namespace pluginlake::catalog {
namespace {

LakeSettings InstanceSettings(const ReaderSettings& settings) {
  return {.project = settings.project,
          .extension_directory = settings.extension_directory,
          .temp_directory = settings.temp_directory,
          .temp_mb_max = settings.temp_mb_max,
          .memory_mb_max = settings.memory_mb_max,
          .threads = settings.threads};
}

void RequireSnapshot(duck::Database& database, const core::Project& project, std::int64_t snapshot_id) {
  duck::Connection connection = database.Connect();
  connection.Query("USE " + duck::QuoteIdentifier(MetadataCatalog(project)));
  if (connection.QueryInt64(sql::kSnapshotStands, {snapshot_id}) == 0) {
    throw core::Error(core::ErrorKind::kNotFound, "PL-0411", fmt::format("There is no snapshot {}", snapshot_id),
                      "'pluginlake snapshots' lists those that stand; older ones may have expired.");
  }
}

// The order in which an unqualified name is looked up.
std::string SearchPath(const std::string& alias) {
  std::string path;
  for (const char* schema : {"omop", "vocab", "fhir", "raw"}) {
    path += fmt::format("{}{}.{}", path.empty() ? "" : ",", duck::QuoteIdentifier(alias), schema);
  }
  return path;
}

}  // namespace

struct Reader::Impl {
  core::Project project;
  duck::Database database;
};

Reader::Reader(const core::Principal& principal, const ReaderSettings& settings) {
  RequireReader(principal);
  impl_ =
      std::make_unique<Impl>(Impl{.project = settings.project, .database = OpenInstance(InstanceSettings(settings))});
  Attach(impl_->database, settings.project, {.read_only = true});
  if (settings.snapshot_id) {
    RequireSnapshot(impl_->database, settings.project, *settings.snapshot_id);
    Detach(impl_->database, settings.project);
    Attach(impl_->database, settings.project, {.read_only = true, .snapshot_id = settings.snapshot_id});
  }
}

Reader::~Reader() = default;

duck::Connection Reader::Connect() {
  duck::Connection connection = impl_->database.Connect();
  connection.Query("SET search_path = " + duck::QuoteLiteral(SearchPath(impl_->project.alias)));
  return connection;
}

duck::Result Reader::Stream(duck::Connection& connection, std::string_view sql) {
  try {
    return connection.Stream(sql);
  } catch (const core::Error& error) {
    if (std::string_view(error.what()).find("inlined_data") == std::string_view::npos) {
      throw;
    }
  }
  return connection.Stream(sql);
}

bool Reader::HasLayout() {
  duck::Connection connection = impl_->database.Connect();
  connection.Query("USE " + duck::QuoteIdentifier(impl_->project.alias));
  return connection.QueryInt64(sql::kLayoutVersion).value_or(0) >= schemas::kLayoutVersion;
}

duck::Database& Reader::database() { return impl_->database; }

}  // namespace pluginlake::catalog
