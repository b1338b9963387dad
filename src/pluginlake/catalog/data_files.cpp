// Compares DuckLake's own tables with a walk through the data folder.
#include "pluginlake/catalog/data_files.h"

#include <fcntl.h>
#include <unistd.h>

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "catalog/sql.h"
#include "pluginlake/core/error.h"

namespace pluginlake::catalog {
namespace {

namespace fs = std::filesystem;

bool HasNameOfDuckLake(const std::string& path) {
  const std::string name = fs::path(path).filename().string();
  return (name.starts_with("ducklake-") || name.starts_with("tmp_")) && name.ends_with(".parquet");
}

[[noreturn]] void ThrowDiskError(int error, const std::string& folder) {
  const bool full = error == ENOSPC || error == EDQUOT;
  throw core::Error(
      full ? core::ErrorKind::kExhausted : core::ErrorKind::kUnavailable, "PL-0409",
      fmt::format("The data files could not be brought to the disk ({}): {}", std::strerror(error), folder),
      full ? "Free space on that disk and repeat the command; nothing was committed."
           : "Check that disk; nothing was committed.");
}

}  // namespace

std::vector<DataFile> NeededFiles(Lake& lake) {
  std::vector<DataFile> files;
  duck::Connection connection = lake.ConnectMetadata();
  duck::Result result = connection.Query(sql::kNeededFiles, {lake.project().data_path});
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      files.push_back({.path = std::string(chunk->Text(0, row)),
                       .table = std::string(chunk->Text(1, row)),
                       .deletes = chunk->Bool(2, row),
                       .rows = chunk->Int64(3, row),
                       .bytes = chunk->Int64(4, row)});
    }
  }
  return files;
}

std::unordered_set<std::string> RetiredFiles(Lake& lake) {
  const std::vector<std::string> paths =
      lake.ConnectMetadata().Query(sql::kRetiredFiles, {lake.project().data_path}).Texts();
  return {paths.begin(), paths.end()};
}

std::vector<std::string> FilesInDataFolder(const Lake& lake) {
  std::vector<std::string> paths;
  std::error_code error;
  if (!lake.is_local()) {
    return paths;
  }
  const fs::recursive_directory_iterator end;
  for (fs::recursive_directory_iterator entry(lake.project().data_path, error); !error && entry != end;
       entry.increment(error)) {
    if (!entry->is_directory(error)) {
      paths.push_back(entry->path().string());
    }
  }
  if (error && error != std::errc::no_such_file_or_directory) {
    throw core::Error(core::ErrorKind::kDenied, "PL-0410",
                      fmt::format("The data folder cannot be read ({}): {}", error.message(), lake.project().data_path),
                      "Give the station's user read rights on it.");
  }
  return paths;
}

std::vector<std::string> OrphanedFiles(Lake& lake) {
  std::unordered_set<std::string> known = RetiredFiles(lake);
  for (DataFile& file : NeededFiles(lake)) {
    known.insert(std::move(file.path));
  }
  std::vector<std::string> orphans;
  for (std::string& path : FilesInDataFolder(lake)) {
    if (!known.contains(path)) {
      orphans.push_back(std::move(path));
    }
  }
  return orphans;
}

std::uint64_t RemoveOrphans(Lake& lake) {
  std::uint64_t removed = 0;
  for (const std::string& path : OrphanedFiles(lake)) {
    std::error_code error;
    if (HasNameOfDuckLake(path) && fs::remove(path, error)) {
      ++removed;
    }
  }
  return removed;
}

void SyncDataFolder(const Lake& lake) {
  if (!lake.is_local()) {
    return;
  }
  const std::string& folder = lake.project().data_path;
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    ThrowDiskError(errno, folder);
  }
  const int error = ::syncfs(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (error != 0) {
    ThrowDiskError(error, folder);
  }
}

}  // namespace pluginlake::catalog
