// A folder that is removed with everything in it unless it is kept.
#pragma once

#include <string>

namespace pluginlake::app {

class ScratchFolder {
 public:
  // Makes the folder for its owner only. Throws what errno says (archive_errors.h).
  explicit ScratchFolder(std::string path);
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::string& path() const { return path_; }
  // Makes a folder in it and returns its path.
  std::string Make(const std::string& name) const;
  // Gives it another name; it is still removed unless it is kept.
  void MoveTo(const std::string& path);
  void Keep() { kept_ = true; }

 private:
  std::string path_;
  bool kept_ = false;
};

}  // namespace pluginlake::app
