// Takes, marks and reads the owner lock.
#include "pluginlake/net/owner_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

#include "pluginlake/net/system_error.h"

namespace pluginlake::net {
namespace {

constexpr std::size_t kRecordBytesMax = 4096;
constexpr std::string_view kFailed = "The station's owner lock cannot be used";

std::string ReadText(int file) {
  std::array<char, kRecordBytesMax> buffer{};
  const ssize_t count = ::pread(file, buffer.data(), buffer.size(), 0);
  return count > 0 ? std::string(buffer.data(), static_cast<std::size_t>(count)) : std::string();
}

std::string TextOf(const OwnerRecord& record) {
  const nlohmann::ordered_json text = {
      {"pid", record.pid}, {"program", record.program}, {"verb", record.verb}, {"started_at", record.started_at}};
  return text.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::optional<OwnerRecord> RecordOf(const std::string& text) {
  const auto line = text.substr(0, text.find('\n'));
  const auto json = nlohmann::json::parse(line, nullptr, /*allow_exceptions=*/false);
  const auto text_at = [&json](const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (!json.is_object() || !json.contains("pid") || !json["pid"].is_number_integer()) {
    return std::nullopt;
  }
  return OwnerRecord{json["pid"].get<std::int64_t>(), text_at("program"), text_at("verb"), text_at("started_at")};
}

// The new record lies over the old one before the file is cut to size: killed in between, it still is not empty.
void WriteRecord(int file, const std::string& text, const std::string& path) {
  const ssize_t count = ::pwrite(file, text.data(), text.size(), 0);
  if (count < 0 || ::ftruncate(file, static_cast<off_t>(text.size())) != 0 || ::fdatasync(file) != 0) {
    ThrowSystemError(errno, "PL-0601", kFailed, path);
  }
}

// Lines of /proc/locks: "1: FLOCK  ADVISORY  WRITE 4711 08:01:1234 0 EOF"; "->" marks one that waits.
std::int64_t PidFromKernel(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) {
    return 0;
  }
  const std::string wanted = fmt::format("{:02x}:{:02x}:{}", major(status.st_dev), minor(status.st_dev), status.st_ino);
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    std::istringstream words(line);
    std::string number, kind, mode, access, inode;
    std::int64_t pid = 0;
    words >> number >> kind >> mode >> access >> pid >> inode;
    if (kind == "FLOCK" && inode == wanted) {
      return pid > 0 ? pid : 0;
    }
  }
  return 0;
}

}  // namespace

OwnerLock::OwnerLock(FileDescriptor file, bool previous_owner_died)
    : file_(std::move(file)), previous_owner_died_(previous_owner_died) {}

std::optional<OwnerLock> OwnerLock::TryTake(const std::string& path, const OwnerRecord& self) {
  FileDescriptor file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!file.is_open()) {
    ThrowSystemError(errno, "PL-0601", kFailed, path);
  }
  while (::flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) {
      return std::nullopt;
    }
    if (errno != EINTR) {
      ThrowSystemError(errno, "PL-0601", kFailed, path);
    }
  }
  const bool previous_owner_died = !ReadText(file.get()).empty();
  WriteRecord(file.get(), TextOf(self), path);
  return OwnerLock(std::move(file), previous_owner_died);
}

void OwnerLock::Release() {
  if (file_.is_open() && ::ftruncate(file_.get(), 0) == 0) {
    ::fdatasync(file_.get());
  }
  file_.Close();
}

std::optional<OwnerRecord> FindLockHolder(const std::string& path) {
  const FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
  std::optional<OwnerRecord> written = file.is_open() ? RecordOf(ReadText(file.get())) : std::nullopt;
  const std::int64_t pid = PidFromKernel(path);
  if (pid == 0 && written && ::kill(static_cast<pid_t>(written->pid), 0) != 0 && errno == ESRCH) {
    return std::nullopt;
  }
  if (pid == 0 || (written && written->pid == pid)) {
    return written;
  }
  return OwnerRecord{.pid = pid};
}

}  // namespace pluginlake::net
