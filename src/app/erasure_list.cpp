// Keeps the list as one JSON document.
#include "app/erasure_list.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "app/backup/archive_errors.h"
#include "app/backup/file_descriptor.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr mode_t kOwnerOnly = 0600;

[[noreturn]] void Refuse(const std::string& path) {
  throw core::Error(core::ErrorKind::kInvalidInput, "PL-0247", "This is no list of erasures: " + path,
                    "It is the file erasures.json of a station's folder.");
}

}  // namespace

std::string ErasureListPath(const std::string& station_folder) { return station_folder + "/erasures.json"; }

std::string PendingErasuresPath(const std::string& station_folder) { return station_folder + "/erasures.pending.json"; }

ErasureList ReadErasureList(const std::string& path) {
  std::ifstream in(path);
  if (!in) {
    return {};
  }
  const Json document = Json::parse(in, nullptr, /*allow_exceptions=*/false);
  if (!document.is_object() || !document.contains("key") || !document.contains("patients") ||
      !document["key"].is_string() || !document["patients"].is_array()) {
    Refuse(path);
  }
  ErasureList list{.key = document["key"].get<std::string>()};
  for (const Json& patient : document["patients"]) {
    if (!patient.is_string()) {
      Refuse(path);
    }
    list.patients.insert(patient.get<std::string>());
  }
  return list;
}

void WriteErasureList(const ErasureList& list, const std::string& path) {
  const std::string beside = path + ".new";
  const std::string text = Json{{"key", list.key}, {"patients", list.patients}}.dump(1) + "\n";
  {
    const FileDescriptor file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kOwnerOnly));
    if (file.get() < 0) {
      ThrowFileError(beside, "Writing the list of erasures", errno);
    }
    WriteAll(file.get(), text, beside);
    if (::fsync(file.get()) != 0) {
      ThrowFileError(beside, "Writing the list of erasures", errno);
    }
  }
  std::filesystem::rename(beside, path);
  SyncFolderOf(path);
}

}  // namespace pluginlake::app
