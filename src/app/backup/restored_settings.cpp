// Fits the settings file of a backed-up station to its new place.
#include "app/backup/restored_settings.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <cerrno>
#include <fstream>
#include <iterator>
#include <sstream>

#include "app/backup/archive_errors.h"
#include "app/backup/file_descriptor.h"

namespace pluginlake::app {
namespace {

// Returns what stands before `mark`, without blanks around it.
std::string Before(const std::string& line, char mark) {
  const std::string start = line.substr(0, line.find(mark));
  const std::size_t first = start.find_first_not_of(" \t");
  return first == std::string::npos ? "" : start.substr(first, start.find_last_not_of(" \t\r") - first + 1);
}

std::string Quoted(const std::string& text) {
  std::string quoted = "\"";
  for (const char letter : text) {
    quoted += letter == '"' || letter == '\\' ? std::string{'\\', letter} : std::string(1, letter);
  }
  return quoted + "\"";
}

bool NamesOldPlace(const std::string& section, const std::string& key) {
  return section == "[postgres]" || (section == "[station]" && (key == "catalog" || key == "data" || key == "state"));
}

}  // namespace

std::string FitSettings(std::string_view text, const std::string& catalog) {
  const std::string place = fmt::format("catalog = {}\ndata = \"data\"\n", Quoted(catalog));
  std::istringstream lines{std::string(text)};
  std::string fitted;
  std::string section;
  bool placed = false;
  for (std::string line; std::getline(lines, line);) {
    if (Before(line, '#').starts_with('[')) {
      section = Before(line, '#');
      fitted += line + "\n";
      if (section == "[station]") {
        fitted += place;
        placed = true;
      }
    } else if (Before(line, '#').empty() || !NamesOldPlace(section, Before(line, '='))) {
      fitted += line + "\n";
    }
  }
  return placed ? fitted : "[station]\n" + place + "\n" + fitted;
}

void WriteRestoredSettings(const std::string& path, const std::string& catalog) {
  std::ifstream old(path);
  const std::string fitted = FitSettings(std::string{std::istreambuf_iterator<char>(old), {}}, catalog);
  const FileDescriptor file(::open(path.c_str(), O_WRONLY | O_TRUNC | O_CREAT | O_CLOEXEC, 0600));
  if (file.get() < 0) {
    ThrowFileError(path, "Writing the settings", errno);
  }
  WriteAll(file.get(), fitted, path);
}

}  // namespace pluginlake::app
