// Looks at the machine: extensions, memory, open files, clock.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>

#include <array>
#include <ctime>
#include <fstream>
#include <optional>
#include <string_view>

#include "app/doctor_checks.h"
#include "app/extension_folder.h"
#include "duck/extension_digests.h"
#include "pluginlake/core/digest.h"

namespace pluginlake::app {
namespace {

std::optional<std::string> FileSha256(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    return std::nullopt;
  }
  constexpr std::size_t kBlock = 1 << 20;
  std::string block(kBlock, '\0');
  core::Sha256 digest;
  while (file.read(block.data(), static_cast<std::streamsize>(block.size())) || file.gcount() > 0) {
    digest.Update(std::string_view(block.data(), static_cast<std::size_t>(file.gcount())));
  }
  return digest.Hex();
}

DoctorCheck CheckExtension(const std::string& folder, const duck::ExtensionDigest& pinned) {
  std::string name(pinned.name);
  DoctorCheck check{.name = "extension " + name};
  std::optional<std::string> found = FileSha256(ExtensionPath(folder, name));
  check.ok = found == pinned.sha256;
  if (!found) {
    check.message = fmt::format("missing: {}", ExtensionPath(folder, name));
  } else {
    check.message = check.ok ? fmt::format("DuckDB {}, SHA-256 as pinned", duck::kPinnedVersion)
                             : fmt::format("not the file this program was made with: {}", ExtensionPath(folder, name));
  }
  check.fix =
      check.ok ? "" : "Install pluginlake again, or let PLUGINLAKE_EXTENSION_DIR name the folder of its extensions.";
  return check;
}

DoctorCheck CheckMemory(const core::Settings& settings) {
  struct sysinfo info{};
  ::sysinfo(&info);
  constexpr std::uint64_t kMegabyte = 1 << 20;
  constexpr std::uint64_t kRestMb = 256;  // parsing, besides DuckDB
  std::uint64_t total_mb = std::uint64_t{info.totalram} * info.mem_unit / kMegabyte;
  std::uint64_t wanted_mb = settings.duck.memory_mb_max + kRestMb;
  DoctorCheck check{.name = "memory", .ok = total_mb >= wanted_mb};
  check.message = fmt::format("{} MB in the machine, up to {} MB wanted", total_mb, wanted_mb);
  check.fix = check.ok ? "" : "Lower duck.memory_mb_max, or give the machine more memory.";
  return check;
}

DoctorCheck CheckOpenFiles() {
  constexpr rlim_t kWanted = 1024;
  rlimit limit{};
  ::getrlimit(RLIMIT_NOFILE, &limit);
  DoctorCheck check{.name = "open files", .ok = limit.rlim_max >= kWanted};
  check.message = limit.rlim_max == RLIM_INFINITY ? "no limit" : fmt::format("at most {}", limit.rlim_max);
  check.fix =
      check.ok ? "" : fmt::format("Raise the limit to {} (ulimit -Hn, or LimitNOFILE in the service).", kWanted);
  return check;
}

DoctorCheck CheckClock() {
  constexpr std::time_t kNotBefore = 1'767'225'600;  // 2026-01-01: before this program was made
  std::time_t now = std::time(nullptr);
  DoctorCheck check{.name = "clock", .ok = now >= kNotBefore};
  check.message = check.ok ? "plausible" : "it stands before this program was made";
  check.fix = check.ok ? "" : "Set the machine's clock, and let a time service keep it (timedatectl set-ntp true).";
  return check;
}

}  // namespace

std::vector<DoctorCheck> CheckMachine(const core::Settings& settings) {
  std::vector<DoctorCheck> checks;
  std::string folder = ExtensionFolder(settings.duck.extension_directory);
  for (const duck::ExtensionDigest& pinned : duck::kExtensionDigests) {
    checks.push_back(CheckExtension(folder, pinned));
  }
  checks.push_back(CheckMemory(settings));
  checks.push_back(CheckOpenFiles());
  checks.push_back(CheckClock());
  return checks;
}

}  // namespace pluginlake::app
