// A folder of its own for one test, and the databases the store is tested on.
#include "station_folder.h"

#include <cstdlib>
#include <filesystem>

#include "pluginlake/state/postgres_connection.h"

namespace pluginlake::state {

StationFolder::StationFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "pluginlake-state-XXXXXX").string();
  path_ = ::mkdtemp(pattern.data());
}

StationFolder::~StationFolder() { std::filesystem::remove_all(path_); }

std::string TestPostgresUrl() {
  const char* url = std::getenv("PLUGINLAKE_TEST_POSTGRES");
  return url == nullptr ? "" : url;
}

void EmptyTestPostgres() {
  PostgresConnection connection(PostgresSettings{.url = TestPostgresUrl(), .session_script = {}});
  connection.RunScript(
      "DROP SCHEMA IF EXISTS pluginlake CASCADE; DROP SCHEMA IF EXISTS pluginlake_before_0002 CASCADE");
}

}  // namespace pluginlake::state
