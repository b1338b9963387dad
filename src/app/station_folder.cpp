// Finds the station that a command line means, and where its project lives.
#include <fmt/format.h>

#include <filesystem>
#include <system_error>

#include "app/station.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

namespace fs = std::filesystem;
constexpr const char* kSettingsFile = "pluginlake.toml";

// Throws denied for a folder one may not look into: it may well be a station.
bool IsStation(const fs::path& folder) {
  std::error_code error;
  bool found = fs::exists(folder / kSettingsFile, error);
  if (error == std::errc::permission_denied) {
    throw core::Error(core::ErrorKind::kDenied, "PL-0215",
                      fmt::format("This folder may not be looked into: {}", folder.string()),
                      "Become the user that owns the station, or let that user give you the right.");
  }
  return found;
}

std::string WithoutTrailingSlash(const fs::path& path) {
  std::string text = path.lexically_normal().string();
  while (text.size() > 1 && text.ends_with('/')) {
    text.pop_back();
  }
  return text;
}

std::string NamedStation(const std::string& named, std::string_view by, const std::string& directory) {
  std::string folder = WithoutTrailingSlash(fs::path(directory) / named);
  if (!IsStation(folder)) {
    throw core::Error(
        core::ErrorKind::kNotFound, "PL-0210",
        fmt::format("There is no station in {}\n{} names it, but it has no {}", folder, by, kSettingsFile),
        "Name a station's folder, or make one: pluginlake init DIR");
  }
  return folder;
}

}  // namespace

std::string FindStationFolder(const std::string& flag, const std::string& environment, const std::string& directory) {
  if (!flag.empty()) {
    return NamedStation(flag, "--station", directory);
  }
  if (!environment.empty()) {
    return NamedStation(environment, "PLUGINLAKE_STATION", directory);
  }
  for (fs::path folder = directory;; folder = folder.parent_path()) {
    if (IsStation(folder)) {
      return WithoutTrailingSlash(folder);
    }
    if (!folder.has_relative_path()) {
      break;
    }
  }
  throw core::Error(
      core::ErrorKind::kNotFound, "PL-0210",
      fmt::format("No station was found\nneither {} nor a folder above it has a {}", directory, kSettingsFile),
      "Go into a station's folder, name it with --station DIR or PLUGINLAKE_STATION, or make one: pluginlake init DIR");
}

}  // namespace pluginlake::app
