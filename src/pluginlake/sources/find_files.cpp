// Walks over the paths given: no FIFO is waited for, no folder read twice, everything left out is said.
#include <dirent.h>
#include <fmt/format.h>
#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "pluginlake/core/error.h"
#include "pluginlake/sources/file_descriptor.h"
#include "pluginlake/sources/input_kind.h"
#include "pluginlake/sources/input_path.h"

namespace pluginlake::sources {
namespace {

// One place in the file system: how the user knows it, and how it is opened.
struct Location {
  std::string shown;
  std::string open_path;

  Location Below(const std::string& name) const {
    const auto join = [&name](const std::string& folder) {
      return folder.ends_with('/') ? folder + name : folder + '/' + name;
    };
    return {join(shown), join(open_path)};
  }
};

std::string_view KindOfDevice(mode_t mode) {
  if (S_ISFIFO(mode)) {
    return "a FIFO";
  }
  if (S_ISSOCK(mode)) {
    return "a socket";
  }
  return "a device";
}

// Returns how the user knows `found`, which `path` names or matches: without the folder that was put before it.
std::string ShownAs(const InputPath& path, const std::string& found) {
  if (found == path.absolute) {
    return path.shown;
  }
  const bool was_joined = path.absolute.size() > path.shown.size() && path.absolute.ends_with(path.shown);
  return was_joined ? found.substr(path.absolute.size() - path.shown.size()) : found;
}

bool ComesBefore(const Location& left, const Location& right) { return left.shown < right.shown; }

class FileFinder {
 public:
  explicit FileFinder(const FindSettings& settings) : settings_(settings) {}

  void FindNamed(const Location& location);
  InputSet TakeResult() { return std::move(result_); }

 private:
  void WalkFolder(const Location& folder);
  std::optional<std::vector<Location>> ListFolder(const Location& folder);
  void FindInFolder(const Location& location);
  bool EnterFolder(const Location& folder, const struct stat& status);
  void AddFile(const Location& location, InputKind kind, const FileDescriptor& descriptor);
  void AddUnreadable(const Location& location, int error);
  void CheckCount() const;

  FindSettings settings_;
  InputSet result_;
  std::set<std::pair<dev_t, ino_t>> folders_seen_;
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::string> files_seen_;
};

void FileFinder::CheckCount() const {
  if (result_.files.size() >= settings_.files_max) {
    throw core::Error(core::ErrorKind::kExhausted, "PL-0806",
                      fmt::format("More input files than sources.files_max allows ({}).", settings_.files_max),
                      "Ingest fewer files at a time, or raise sources.files_max.");
  }
}

void FileFinder::AddUnreadable(const Location& location, int error) {
  CheckCount();
  result_.files.push_back(InputFile{.shown = location.shown,
                                    .open_path = location.open_path,
                                    .error = fmt::format("cannot be read: {}", std::strerror(error))});
}

void FileFinder::AddFile(const Location& location, InputKind kind, const FileDescriptor& descriptor) {
  CheckCount();
  const FileIdentity identity = IdentityOf(descriptor.get(), location.shown);
  const auto [first, is_new] = files_seen_.try_emplace({identity.device, identity.inode}, location.shown);
  if (!is_new) {
    result_.notes.push_back({location.shown, "is the same file as " + first->second});
  }
  result_.files.push_back(InputFile{.shown = location.shown,
                                    .open_path = location.open_path,
                                    .layout = kind.layout,
                                    .compression = kind.compression,
                                    .bytes = identity.bytes,
                                    .identity = identity});
}

void FileFinder::FindNamed(const Location& location) {
  struct stat status{};
  if (::stat(location.open_path.c_str(), &status) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      throw core::Error(core::ErrorKind::kNotFound, "PL-0801",
                        fmt::format("There is no such file or folder: {}", location.shown),
                        "Check the path; a relative one starts at the working directory.");
    }
    AddUnreadable(location, errno);
    return;
  }
  if (S_ISDIR(status.st_mode)) {
    folders_seen_.clear();
    WalkFolder(location);
    return;
  }
  if (!S_ISREG(status.st_mode)) {
    throw core::Error(core::ErrorKind::kInvalidInput, "PL-0802",
                      fmt::format("This is {}, not a file: {}", KindOfDevice(status.st_mode), location.shown),
                      "Write the data to a file first, then ingest the file.");
  }
  const FileDescriptor descriptor = FileDescriptor::OpenForReading(location.open_path);
  if (!descriptor.is_open()) {
    AddUnreadable(location, errno);
    return;
  }
  std::optional<InputKind> kind = KindByName(location.shown);
  kind = kind ? kind : KindByContent(descriptor.get(), location.shown);
  if (!kind) {
    throw core::Error(core::ErrorKind::kInvalidInput, "PL-0803",
                      fmt::format("Neither the name nor the content tells how to read this file: {}", location.shown),
                      "FHIR comes as .json or .ndjson, each also .gz or .zst; rename the file if it is one of these.");
  }
  AddFile(location, *kind, descriptor);
}

bool FileFinder::EnterFolder(const Location& folder, const struct stat& status) {
  if (folders_seen_.emplace(status.st_dev, status.st_ino).second) {
    return true;
  }
  result_.skipped.push_back({folder.shown, "is a folder that was read already, by another way"});
  return false;
}

// Returns what is in the folder, sorted; nullopt when it cannot be read (which is added as an unreadable file).
std::optional<std::vector<Location>> FileFinder::ListFolder(const Location& folder) {
  const auto close = [](DIR* stream) { ::closedir(stream); };
  const std::unique_ptr<DIR, decltype(close)> stream(::opendir(folder.open_path.c_str()), close);
  struct stat status{};
  if (stream == nullptr || ::fstat(::dirfd(stream.get()), &status) != 0) {
    AddUnreadable(folder, errno);
    return std::nullopt;
  }
  std::vector<Location> inside;
  if (!EnterFolder(folder, status)) {
    return inside;
  }
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string name = entry->d_name;
    if (name == "." || name == "..") {
      continue;
    }
    if (name.starts_with('.')) {
      result_.skipped.push_back({folder.Below(name).shown, "is hidden"});
      continue;
    }
    inside.push_back(folder.Below(name));
  }
  std::sort(inside.begin(), inside.end(), ComesBefore);
  return inside;
}

void FileFinder::WalkFolder(const Location& folder) {
  const auto files_before = static_cast<std::ptrdiff_t>(result_.files.size());
  std::vector<Location> waiting{folder};
  while (!waiting.empty()) {
    const Location next = std::move(waiting.back());
    waiting.pop_back();
    struct stat status{};
    if (::stat(next.open_path.c_str(), &status) == 0 && S_ISDIR(status.st_mode)) {
      if (auto inside = ListFolder(next)) {
        waiting.insert(waiting.end(), inside->rbegin(), inside->rend());
      }
    } else {
      FindInFolder(next);
    }
  }
  std::sort(result_.files.begin() + files_before, result_.files.end(),
            [](const InputFile& left, const InputFile& right) { return left.shown < right.shown; });
}

void FileFinder::FindInFolder(const Location& location) {
  const std::optional<InputKind> kind = KindByName(location.shown);
  struct stat status{};
  if (!kind) {
    result_.skipped.push_back({location.shown, "is neither .json nor .ndjson (.gz, .zst)"});
  } else if (::stat(location.open_path.c_str(), &status) != 0) {
    AddUnreadable(location, errno);
  } else if (!S_ISREG(status.st_mode)) {
    result_.skipped.push_back({location.shown, fmt::format("is {}", KindOfDevice(status.st_mode))});
  } else if (const FileDescriptor descriptor = FileDescriptor::OpenForReading(location.open_path);
             descriptor.is_open()) {
    AddFile(location, *kind, descriptor);
  } else {
    AddUnreadable(location, errno);
  }
}

}  // namespace

std::vector<std::string> ExpandGlob(const std::string& path) {
  struct stat status{};
  if (path.find_first_of("*?[") == std::string::npos || ::lstat(path.c_str(), &status) == 0) {
    return {path};
  }
  glob_t matches{};
  std::vector<std::string> found;
  if (::glob(path.c_str(), 0, nullptr, &matches) == 0) {
    found.assign(matches.gl_pathv, matches.gl_pathv + matches.gl_pathc);
  }
  ::globfree(&matches);
  std::sort(found.begin(), found.end());
  return found;
}

InputSet FindInputFiles(std::span<const InputPath> paths, const FindSettings& settings) {
  FileFinder finder(settings);
  for (const InputPath& path : paths) {
    if (path.descriptor >= 0) {
      finder.FindNamed({path.shown, fmt::format("/proc/self/fd/{}", path.descriptor)});
      continue;
    }
    const std::string& pattern = path.absolute.empty() ? path.shown : path.absolute;
    const std::vector<std::string> found = ExpandGlob(pattern);
    if (found.empty()) {
      throw core::Error(core::ErrorKind::kNotFound, "PL-0801", fmt::format("No file matches: {}", path.shown),
                        "Check the pattern; a relative one starts at the working directory.");
    }
    for (const std::string& name : found) {
      finder.FindNamed({ShownAs(path, name), name});
    }
  }
  return finder.TakeResult();
}

}  // namespace pluginlake::sources
