// Makes a station step by step, and takes the steps back if one fails.
#include "app/station_init.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "app/room_settings.h"
#include "app/station_file.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

namespace fs = std::filesystem;
constexpr const char* kMarker = ".init-unfinished";  // tells a killed init's leftovers from somebody's files

// Removes what was made unless Keep() was called.
class Scaffold {
 public:
  explicit Scaffold(fs::path folder) : folder_(std::move(folder)), made_folder_(!fs::exists(folder_)) {}
  ~Scaffold() {
    if (kept_) {
      return;
    }
    std::error_code ignored;
    if (made_folder_) {
      fs::remove_all(folder_, ignored);
    } else {
      Clear(folder_);
    }
  }
  Scaffold(const Scaffold&) = delete;
  Scaffold& operator=(const Scaffold&) = delete;
  void Keep() { kept_ = true; }

  static void Clear(const fs::path& folder) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
      fs::remove_all(entry.path(), ignored);
    }
  }

 private:
  fs::path folder_;
  bool made_folder_;
  bool kept_ = false;
};

void RefuseUnlessEmpty(const fs::path& folder) {
  std::error_code error;
  if (!fs::exists(folder, error)) {
    return;
  }
  bool unfinished = fs::exists(folder / kMarker, error) && !fs::exists(folder / "pluginlake.toml", error);
  if (unfinished) {
    Scaffold::Clear(folder);
  }
  if (!fs::is_directory(folder, error) || !fs::is_empty(folder)) {
    throw core::Error(core::ErrorKind::kConflict, "PL-0213",
                      fmt::format("A station needs an empty folder, and this one is not: {}", folder.string()),
                      "Name a folder that is not there yet, or an empty one.");
  }
}

void MakeFolders(const fs::path& folder, const core::Project& project) {
  fs::create_directories(folder);
  fs::permissions(folder, fs::perms::owner_all);  // patients' data
  std::ofstream marker(folder / kMarker);
  marker << "an init was killed here; `pluginlake init` clears this folder and begins anew\n";
  if (!marker.flush()) {
    throw std::system_error(errno, std::generic_category(), "writing in " + folder.string());
  }
  constexpr std::array kFolders{"run", "tmp", "logs"};
  for (const char* name : kFolders) {
    fs::create_directory(folder / name);
    fs::permissions(folder / name, fs::perms::owner_all);
  }
  if (project.data_path.find("://") == std::string::npos) {
    fs::create_directories(project.data_path);
  }
}

}  // namespace

void InitStation(const StationInit& init) {
  fs::path folder = init.folder;
  RefuseUnlessEmpty(folder);
  Scaffold scaffold(folder);
  catalog::LakeSettings lake = LakeSettingsOf(init.folder, init.settings);
  MakeFolders(folder, lake.project);
  catalog::Lake::Create(lake);
  state::Store::Open(StoreSettingsOf(init.folder, init.settings));
  WriteStationFile(folder / "pluginlake.toml", init.settings);
  fs::remove(folder / kMarker);
  scaffold.Keep();
}

}  // namespace pluginlake::app
