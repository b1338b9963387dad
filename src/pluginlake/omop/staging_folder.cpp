// Makes and removes the folder.
#include "pluginlake/omop/staging_folder.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "pluginlake/core/cancel.h"

namespace pluginlake::omop {

namespace fs = std::filesystem;

StagingFolder::StagingFolder(std::string path) : path_(std::move(path)) {
  fs::remove_all(path_);
  fs::create_directories(path_);
}

StagingFolder::StagingFolder(std::string path, const core::Cancellation& kept_when)
    : path_(std::move(path)), kept_when_(&kept_when) {
  fs::create_directories(path_);
}

StagingFolder::~StagingFolder() {
  if (kept_when_ == nullptr || !kept_when_->is_requested()) {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
}

}  // namespace pluginlake::omop
