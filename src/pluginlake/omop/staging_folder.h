// The folder a load works in: its own, and gone when the load ends.
#pragma once

#include <string>

namespace pluginlake::core {
class Cancellation;
}

namespace pluginlake::omop {

// Removes the folder when it ends, unless it is told to keep it.
class StagingFolder {
 public:
  // Empties the folder, or makes it.
  explicit StagingFolder(std::string path);
  // Takes the folder as it stands, and keeps it when `kept_when` is requested: an interrupted load goes on from there.
  StagingFolder(std::string path, const core::Cancellation& kept_when);
  ~StagingFolder();
  StagingFolder(const StagingFolder&) = delete;
  StagingFolder& operator=(const StagingFolder&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
  const core::Cancellation* kept_when_ = nullptr;
};

}  // namespace pluginlake::omop
