// Copies a SQLite file in a process of its own.
#include "app/backup/sqlite_copy_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <string_view>

#include "app/backup/archive_errors.h"
#include "app/backup/file_descriptor.h"
#include "pluginlake/core/error.h"
#include "pluginlake/state/sqlite_database.h"

namespace pluginlake::app {
namespace {

constexpr const char* kProgram = "/proc/self/exe";
constexpr std::size_t kMessageBytesMax = 4096;

pid_t Start(const std::string& source, const std::string& target, int message_end) {
  std::array<std::string, 4> words{"pluginlake", kCopySqliteFlag, source, target};
  std::array<char*, 5> arguments{words[0].data(), words[1].data(), words[2].data(), words[3].data(), nullptr};
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, message_end, STDERR_FILENO);
  pid_t child = -1;
  const int code = ::posix_spawn(&child, kProgram, &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (code != 0) {
    ThrowFileError(kProgram, "Starting the copy of the catalog", code);
  }
  return child;
}

std::string ReadMessage(int descriptor) {
  std::string message;
  std::string piece(kMessageBytesMax, '\0');
  for (std::size_t got = ReadSome(descriptor, piece, "a pipe"); got > 0; got = ReadSome(descriptor, piece, "a pipe")) {
    message.append(piece, 0, std::min(got, kMessageBytesMax - message.size()));
  }
  return message;
}

int WaitFor(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

core::ErrorKind KindOf(int exit_code) {
  switch (exit_code) {
    case 3:
      return core::ErrorKind::kNotFound;
    case 4:
      return core::ErrorKind::kDenied;
    case 6:
      return core::ErrorKind::kConflict;
    case 1:
      return core::ErrorKind::kExhausted;
    default:
      return core::ErrorKind::kUnavailable;
  }
}

}  // namespace

void CopySqliteInOtherProcess(const std::string& source_path, const std::string& target_path) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    ThrowFileError(source_path, "Starting the copy of the catalog", errno);
  }
  const FileDescriptor read_end(pipe[0]);
  pid_t child = -1;
  {
    const FileDescriptor write_end(pipe[1]);
    child = Start(source_path, target_path, write_end.get());
  }
  const std::string message = ReadMessage(read_end.get());
  if (const int exit_code = WaitFor(child); exit_code != 0) {
    throw core::Error(KindOf(exit_code), "PL-0957", fmt::format("The catalog could not be copied: {}", message),
                      "Check disk space and the catalog ('pluginlake catalog fsck'), then try again.");
  }
}

int RunSqliteCopy(const std::string& source_path, const std::string& target_path) {
  try {
    state::CopySqliteFile(source_path, target_path);
    return 0;
  } catch (const core::Error& error) {
    fmt::print(stderr, "{}", error.what());
    return core::ExitCodeOf(error.kind());
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}", error.what());
    return 1;
  }
}

}  // namespace pluginlake::app
