// The text of a new station's settings file.
#include "app/station_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

namespace pluginlake::app {
namespace {

std::string TomlText(std::string_view text) {
  std::string quoted = "\"";
  for (char letter : text) {
    if (letter == '"' || letter == '\\') {
      quoted += '\\';
    }
    quoted += letter;
  }
  return quoted + "\"";
}

std::string FileText(const core::Settings& settings) {
  return fmt::format(
      "# A pluginlake station. `pluginlake help settings` lists all settings with their defaults;\n"
      "# `pluginlake config show --origin` shows what is in force and where it comes from.\n"
      "[station]\n"
      "{}name = {}\n"
      "catalog = {}  # sqlite, or postgres://user@host:port/database\n"
      "data = {}  # folder of the Parquet files, or s3://bucket/prefix\n"
      "\n"
      "# A password does not belong here: PLUGINLAKE_POSTGRES__PASSWORD_FILE names a file that holds it.\n"
      "# [postgres]\n"
      "# host = \"localhost\"\n"
      "\n"
      "# [duck]\n"
      "# memory_mb_max = {}\n",
      settings.station.name.empty() ? "# " : "",
      TomlText(settings.station.name.empty() ? "my station" : settings.station.name),
      TomlText(settings.station.catalog), TomlText(settings.station.data), core::Settings().duck.memory_mb_max);
}

[[noreturn]] void Refuse(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), "writing " + path);
}

}  // namespace

void WriteStationFile(const std::filesystem::path& path, const core::Settings& settings) {
  std::string temporary = path.string() + ".part";
  std::string text = FileText(settings);
  constexpr mode_t kMode = 0600;
  int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
  if (descriptor < 0) {
    Refuse(path);
  }
  bool written =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!written || ::rename(temporary.c_str(), path.c_str()) != 0) {
    Refuse(path);
  }
}

}  // namespace pluginlake::app
