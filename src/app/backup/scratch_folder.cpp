// A folder that is removed with everything in it unless it is kept.
#include "app/backup/scratch_folder.h"

#include <sys/stat.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <system_error>
#include <utility>

#include "app/backup/archive_errors.h"

namespace pluginlake::app {
namespace {

constexpr mode_t kOwnerOnly = 0700;

void MakeFolder(const std::string& path) {
  if (::mkdir(path.c_str(), kOwnerOnly) != 0) {
    ThrowFileError(path, "Making a folder", errno);
  }
}

}  // namespace

ScratchFolder::ScratchFolder(std::string path) : path_(std::move(path)) { MakeFolder(path_); }

ScratchFolder::~ScratchFolder() {
  if (!kept_) {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
}

std::string ScratchFolder::Make(const std::string& name) const {
  MakeFolder(path_ + "/" + name);
  return path_ + "/" + name;
}

void ScratchFolder::MoveTo(const std::string& path) {
  if (::rename(path_.c_str(), path.c_str()) != 0) {
    ThrowFileError(path, "Naming the folder", errno);
  }
  path_ = path;
}

}  // namespace pluginlake::app
