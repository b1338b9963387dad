// Clears and marks demo stations.
#include "app/demo/demo_station.h"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>

#include "app/sql.h"
#include "pluginlake/core/error.h"
#include "pluginlake/net/owner_lock.h"

namespace pluginlake::app::demo {
namespace {

namespace fs = std::filesystem;
using core::Error;
using core::ErrorKind;

constexpr std::string_view kMarker = "demo.json";

// What a demo and its station put into their folder; nothing else is ever removed.
constexpr std::array<std::string_view, 21> kOwnEntries = {"demo.json",
                                                          "inbox",
                                                          "questions",
                                                          "vocabulary",
                                                          "pluginlake.toml",
                                                          "state.sqlite",
                                                          "state.sqlite-wal",
                                                          "state.sqlite-shm",
                                                          "catalog.sqlite",
                                                          "catalog.sqlite-wal",
                                                          "catalog.sqlite-shm",
                                                          "data",
                                                          "run",
                                                          "tmp",
                                                          "staging",
                                                          "cache",
                                                          "logs",
                                                          "init",
                                                          ".init",
                                                          ".gitignore",
                                                          "backup"};

bool IsOwnEntry(const std::string& name) {
  return std::find(kOwnEntries.begin(), kOwnEntries.end(), name) != kOwnEntries.end() ||
         name.starts_with("state.sqlite.before-");
}

bool IsMarked(const fs::path& folder) {
  std::ifstream in(folder / kMarker);
  const auto marker = nlohmann::json::parse(in, nullptr, /*allow_exceptions=*/false);
  return marker.is_object() && marker.contains("pluginlake_demo");
}

void RequireOnlyOwnEntries(const fs::path& folder) {
  if (!IsMarked(folder)) {
    throw Error(ErrorKind::kConflict, "PL-0910",
                fmt::format("The folder holds something that no demo made: {}", folder.string()),
                "Choose another folder with --dir, or empty this one yourself.");
  }
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!IsOwnEntry(entry.path().filename().string())) {
      throw Error(ErrorKind::kConflict, "PL-0910",
                  fmt::format("The demo's folder holds something of yours: {}", entry.path().string()),
                  "Move it away, or choose another folder with --dir.");
    }
  }
}

void WriteText(const fs::path& path, std::string_view text) {
  std::ofstream out(path, std::ios::binary);
  out << text;
  out.close();
  if (!out) {
    throw Error(ErrorKind::kExhausted, "PL-0901",
                fmt::format("The demo's file could not be written: {}", path.string()),
                "Free disk space, or choose another folder with --dir.");
  }
}

}  // namespace

void ClearDemoFolder(const std::string& folder) {
  std::error_code ignored;
  if (!fs::exists(folder, ignored) || (fs::is_directory(folder, ignored) && fs::is_empty(folder, ignored))) {
    return;
  }
  RequireOnlyOwnEntries(folder);
  std::optional<net::OwnerLock> lock;
  if (fs::exists(fs::path(folder) / "run", ignored)) {
    lock = net::OwnerLock::TryTake(folder + "/run/owner.lock", {.program = "pluginlake", .verb = "demo"});
    if (!lock) {
      throw Error(ErrorKind::kConflict, "PL-0911",
                  fmt::format("Another process works in the demo's station: {}", folder),
                  "Wait until it ends, or choose another folder with --dir.");
    }
  }
  // The mark goes last: what a demo that was killed leaves can be cleared by the next.
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename() != kMarker) fs::remove_all(entry.path(), ignored);
  }
  fs::remove(fs::path(folder) / kMarker, ignored);
}

void MarkDemoFolder(const std::string& folder, const InboxSettings& settings) {
  const fs::path path(folder);
  const nlohmann::ordered_json marker = {
      {"pluginlake_demo", true}, {"patients", settings.patients}, {"seed", settings.seed}};
  WriteText(path / kMarker, marker.dump() + "\n");
  fs::create_directories(path / "questions");
  WriteText(path / "questions" / "frequent_conditions.sql", sql::kFrequentConditions);
  WriteText(path / "questions" / "visits_per_year.sql", sql::kVisitsPerYear);
}

}  // namespace pluginlake::app::demo
