// Keeps the list of staged files beside them.
#include "pluginlake/omop/staged_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "pluginlake/core/error.h"

namespace pluginlake::omop {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::string_view kListName = "staged.json";

Json ProblemJson(const Problem& problem) {
  return {{"code", problem.code},       {"error", problem.severity == Severity::kError},
          {"table", problem.table},     {"count", problem.count},
          {"message", problem.message}, {"examples", problem.examples}};
}

Problem ProblemOf(const Json& json) {
  return {.code = json.at("code"),
          .severity = json.at("error").get<bool>() ? Severity::kError : Severity::kWarning,
          .table = json.at("table"),
          .count = json.at("count"),
          .message = json.at("message"),
          .examples = json.at("examples").get<std::vector<std::string>>()};
}

StagedFile FileOf(const Json& json) {
  StagedFile file{.table = json.at("table"),
                  .sha256 = json.at("sha256"),
                  .rows = json.at("rows").get<std::uint64_t>(),
                  .problems = {}};
  for (const Json& problem : json.at("problems")) {
    file.problems.push_back(ProblemOf(problem));
  }
  return file;
}

[[noreturn]] void ThrowWriteError(const std::string& path) {
  throw core::Error(core::ErrorKind::kExhausted, "PL-1006",
                    fmt::format("The staging folder cannot be written ({}): {}", std::strerror(errno), path),
                    "Free space on the disk of the station, then repeat the command; nothing was replaced.");
}

void SyncFile(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) {
    ::close(descriptor);
  }
  if (!synced) {
    ThrowWriteError(path);
  }
}

}  // namespace

StagedFiles::StagedFiles(std::string folder, std::string program_version)
    : folder_(std::move(folder)), program_version_(std::move(program_version)) {
  fs::create_directories(folder_);
  Read();
  RemoveAllElse();
}

void StagedFiles::Read() {
  std::ifstream in(fmt::format("{}/{}", folder_, kListName));
  const Json list = Json::parse(in, nullptr, /*allow_exceptions=*/false);
  if (!list.is_object() || list.value("program_version", "") != program_version_) {
    return;
  }
  for (const Json& file : list.at("files")) {
    files_.push_back(FileOf(file));
  }
}

void StagedFiles::RemoveAllElse() const {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    const bool is_known =
        std::ranges::any_of(files_, [&](const StagedFile& file) { return file.table + ".parquet" == name; });
    if (!is_known && name != kListName) {
      fs::remove_all(entry.path());
    }
  }
}

const StagedFile* StagedFiles::Find(std::string_view table, std::string_view sha256) const {
  const auto file = std::ranges::find_if(
      files_, [&](const StagedFile& each) { return each.table == table && each.sha256 == sha256; });
  const bool stands = file != files_.end() && fs::exists(fmt::format("{}/{}.parquet", folder_, table));
  return stands ? &*file : nullptr;
}

void StagedFiles::Put(StagedFile file) {
  SyncFile(fmt::format("{}/{}.parquet", folder_, file.table));
  std::erase_if(files_, [&](const StagedFile& each) { return each.table == file.table; });
  files_.push_back(std::move(file));
  Write();
}

void StagedFiles::Write() const {
  Json files = Json::array();
  for (const StagedFile& file : files_) {
    Json problems = Json::array();
    for (const Problem& problem : file.problems) {
      problems.push_back(ProblemJson(problem));
    }
    files.push_back({{"table", file.table}, {"sha256", file.sha256}, {"rows", file.rows}, {"problems", problems}});
  }
  const std::string path = fmt::format("{}/{}", folder_, kListName);
  const std::string fresh = path + ".new";
  {
    std::ofstream out(fresh, std::ios::trunc);
    out << Json{{"program_version", program_version_}, {"files", files}}.dump();
    out.close();
    if (!out) {
      ThrowWriteError(fresh);
    }
  }
  SyncFile(fresh);
  fs::rename(fresh, path);
}

}  // namespace pluginlake::omop
