// Finds DuckDB's extensions.
#include "app/extension_folder.h"

#include <filesystem>

namespace pluginlake::app {

std::string ExtensionFolder(const std::string& variable) {
  std::error_code ignored;
  if (!variable.empty()) {
    return variable;
  }
  std::filesystem::path binary = std::filesystem::read_symlink("/proc/self/exe", ignored);
  std::filesystem::path installed = binary.parent_path().parent_path() / "lib/pluginlake/extensions";
  if (!ignored && std::filesystem::is_directory(installed, ignored)) {
    return installed.string();
  }
  std::filesystem::path built_with = PLUGINLAKE_BUILD_EXTENSION_DIR;
  return std::filesystem::is_directory(built_with, ignored) ? built_with.string() : installed.string();
}

std::vector<std::string> ExtensionNames() {
  return {"ducklake", "sqlite_scanner", "postgres_scanner", "httpfs", "icu"};
}

std::string ExtensionPath(const std::string& folder, const std::string& name) {
  return folder + "/" + name + ".duckdb_extension";
}

}  // namespace pluginlake::app
