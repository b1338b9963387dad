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
    if (!data_folder_.empty()) {
      fs::remove_all(data_folder_, ignored);
    }
    if (made_folder_) {
      fs::remove_all(folder_, ignored);
    } else {
      Clear(folder_);
    }
  }
  Scaffold(const Scaffold&) = delete;
  Scaffold& operator=(const Scaffold&) = delete;
  void Keep() { kept_ = true; }
  // Makes a folder for data that lies elsewhere; an empty one that is there is taken as it is.
  void MakeDataFolder(const fs::path& data_folder) {
    if (fs::exists(data_folder)) {
      return;
    }
    data_folder_ = data_folder;
    fs::create_directories(data_folder);
    fs::permissions(data_folder, fs::perms::owner_all);
  }

  static void Clear(const fs::path& folder) {
    std::error_code ignored;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder, ignored)) {
      fs::remove_all(entry.path(), ignored);
    }
  }

 private:
  fs::path folder_;
  fs::path data_folder_;  // empty = not made here
  bool made_folder_;
  bool kept_ = false;
};

// Returns the data folder without a slash at its end; empty if the data are in an object store.
fs::path DataFolderOf(const core::Project& project) {
  bool local = project.data_path.find("://") == std::string::npos;
  return local ? fs::path(project.data_path).parent_path() : fs::path();
}

void RefuseForeignData(const fs::path& data_folder) {
  std::error_code error;
  if (!data_folder.empty() && fs::exists(data_folder, error) && !fs::is_empty(data_folder, error)) {
    throw core::Error(core::ErrorKind::kConflict, "PL-0216",
                      fmt::format("The folder for the data is not empty: {}", data_folder.string()),
                      "Name one that is not there yet, or an empty one: another lake's files would count as orphans.");
  }
}

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

void MakeFolders(const fs::path& folder) {
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
}

}  // namespace

void InitStation(const StationInit& init) {
  fs::path folder = init.folder;
  RefuseUnlessEmpty(folder);
  catalog::LakeSettings lake = LakeSettingsOf(init.folder, init.settings);
  fs::path data_folder = DataFolderOf(lake.project);
  RefuseForeignData(data_folder);
  Scaffold scaffold(folder);
  MakeFolders(folder);
  if (!data_folder.empty()) {
    scaffold.MakeDataFolder(data_folder);
  }
  catalog::Lake::Create(lake);
  state::Store::Open(StoreSettingsOf(init.folder, init.settings));
  WriteStationFile(folder / "pluginlake.toml", init.settings);
  fs::remove(folder / kMarker);
  scaffold.Keep();
}

}  // namespace pluginlake::app
