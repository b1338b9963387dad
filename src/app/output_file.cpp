// Writes the file of -o.
#include "app/output_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

[[noreturn]] void Refuse(const std::string& path, int system_error) {
  auto kind = system_error == ENOSPC ? core::ErrorKind::kExhausted : core::ErrorKind::kInvalidInput;
  throw core::Error(
      kind, "PL-0206",
      fmt::format("The file of -o cannot be written: {}\n{}", path, std::generic_category().message(system_error)),
      "Name a file in a folder that is there, that you may write, and that has room.");
}

}  // namespace

OutputFileConsole::OutputFileConsole(std::string path, Console& inner) : path_(std::move(path)), inner_(inner) {
  constexpr mode_t kMode = 0600;  // it may hold patients' data
  struct stat entry{};
  bool device = ::stat(path_.c_str(), &entry) == 0 && !S_ISREG(entry.st_mode) && !S_ISDIR(entry.st_mode);
  if (device) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
  } else {
    temporary_ = fmt::format("{}.{}.part", path_, ::getpid());
    descriptor_ = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, kMode);
  }
  if (descriptor_ < 0) {
    Refuse(path_, errno);
  }
}

OutputFileConsole::~OutputFileConsole() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
    if (!temporary_.empty()) {
      ::unlink(temporary_.c_str());
    }
  }
}

void OutputFileConsole::Out(std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) {
      Refuse(path_, errno);
    }
    if (written > 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
}

void OutputFileConsole::Keep() {
  if (temporary_.empty() || descriptor_ < 0) {
    return;
  }
  if (::fsync(descriptor_) != 0 || ::rename(temporary_.c_str(), path_.c_str()) != 0) {
    Refuse(path_, errno);
  }
  ::close(descriptor_);
  descriptor_ = -1;
}

}  // namespace pluginlake::app
