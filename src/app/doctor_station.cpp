// Looks at a station: folders, rights, disk, owner, catalog, state.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "app/catalog_url.h"
#include "app/doctor_checks.h"
#include "app/station.h"
#include "pluginlake/net/local_socket.h"
#include "pluginlake/net/owner_lock.h"

namespace pluginlake::app {
namespace {

namespace fs = std::filesystem;

DoctorCheck CheckWritable(const std::string& name, const std::string& folder) {
  DoctorCheck check{.name = name};
  std::error_code ignored;
  bool there = fs::is_directory(folder, ignored);
  check.ok = there && ::access(folder.c_str(), R_OK | W_OK | X_OK) == 0;
  check.message = !there     ? fmt::format("missing: {}", folder)
                  : check.ok ? folder
                             : fmt::format("not writable: {}", folder);
  check.fix =
      check.ok ? "" : fmt::format("Make the folder, and give it to the station's user: chown -R USER {}", folder);
  return check;
}

DoctorCheck CheckPrivate(const std::string& name, const std::string& path) {
  DoctorCheck check{.name = name};
  struct stat entry{};
  constexpr mode_t kOthers = S_IRWXG | S_IRWXO;
  check.ok = ::stat(path.c_str(), &entry) == 0 && (entry.st_mode & kOthers) == 0;
  check.message =
      check.ok ? "only its owner may read it" : fmt::format("others may read it, or it is missing: {}", path);
  check.fix = check.ok ? "" : fmt::format("chmod go-rwx {}", path);
  return check;
}

DoctorCheck CheckDisk(const std::string& name, const std::string& folder) {
  constexpr std::uintmax_t kWantedMb = 1024;
  constexpr std::uintmax_t kMegabyte = 1'000'000;
  DoctorCheck check{.name = name};
  std::error_code error;
  fs::space_info space = fs::space(folder, error);
  std::uintmax_t free_mb = error ? 0 : space.available / kMegabyte;
  check.ok = free_mb >= kWantedMb;
  check.message = fmt::format("{} MB free", free_mb);
  check.fix = check.ok ? "" : fmt::format("Make room for at least {} MB under {}.", kWantedMb, folder);
  return check;
}

DoctorCheck CheckOwner(const std::string& folder) {
  DoctorCheck check{.name = "owner"};
  auto holder = net::FindLockHolder(folder + "/run/owner.lock");
  bool held = holder && holder->pid > 0 && fs::exists(fmt::format("/proc/{}", holder->pid));
  if (!held) {
    check.message = "none; a verb becomes the owner";
    return check;
  }
  check.ok = net::TryConnect(folder + "/run/pluginlake.sock").is_open();
  check.message = fmt::format("pid {} ({}){}", holder->pid, holder->program,
                              check.ok ? ", takes verbs" : " holds the lock and does not answer");
  check.fix = check.ok ? "" : fmt::format("Wait until it ends, or end it: kill {}", holder->pid);
  return check;
}

DoctorCheck CheckDatabase(const std::string& name, const std::string& location, const std::string& file,
                          const core::Settings& settings) {
  if (location == "sqlite") {
    return CheckSqliteFile(name, file, true);
  }
  return CheckPostgres(name, location, settings.postgres.connect_timeout_ms_max);
}

}  // namespace

std::vector<DoctorCheck> CheckStation(const std::string& folder, const core::Settings& settings) {
  core::Project project = DefaultProject(folder, settings);
  std::vector<DoctorCheck> checks{CheckWritable("station folder", folder), CheckWritable("run folder", folder + "/run"),
                                  CheckWritable("spill folder", folder + "/tmp"),
                                  CheckPrivate("settings file", folder + "/pluginlake.toml"),
                                  CheckDisk("disk of the station", folder)};
  if (project.data_path.find("://") == std::string::npos) {
    checks.push_back(CheckWritable("data folder", project.data_path));
    checks.push_back(CheckDisk("disk of the data", project.data_path));
  }
  checks.push_back(CheckOwner(folder));
  checks.push_back(CheckDatabase("catalog", project.catalog, folder + "/catalog.sqlite", settings));
  checks.push_back(CheckDatabase("state", StateOf(settings), folder + "/state.sqlite", settings));
  return checks;
}

}  // namespace pluginlake::app
