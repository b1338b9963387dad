// Starts this program once more, with arguments that nobody types.
#include "app/sqlite_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include "app/backup/archive_errors.h"
#include "app/backup/file_descriptor.h"
#include "pluginlake/core/error.h"
#include "pluginlake/state/sqlite_database.h"

namespace pluginlake::app {
namespace {

constexpr const char* kProgram = "/proc/self/exe";
constexpr std::size_t kMessageBytesMax = 4096;
// No verbs, since nobody types them: `pluginlake --copy-sqlite SOURCE TARGET`, `pluginlake --vacuum-sqlite PATH`.
constexpr std::string_view kCopyFlag = "--copy-sqlite";
constexpr std::string_view kVacuumFlag = "--vacuum-sqlite";

pid_t Start(std::vector<std::string> words, int message_end) {
  words.insert(words.begin(), "pluginlake");
  std::vector<char*> arguments;
  for (std::string& word : words) {
    arguments.push_back(word.data());
  }
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, message_end, STDERR_FILENO);
  pid_t child = -1;
  const int code = ::posix_spawn(&child, kProgram, &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (code != 0) {
    ThrowFileError(kProgram, "Starting a process for the catalog", code);
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

// Runs the other process to its end; returns what it said when it failed, with its exit code.
std::optional<std::pair<int, std::string>> FailureOf(const std::vector<std::string>& words) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
    ThrowFileError(words.at(1), "Starting a process for the catalog", errno);
  }
  const FileDescriptor read_end(pipe[0]);
  pid_t child = -1;
  {
    const FileDescriptor write_end(pipe[1]);
    child = Start(words, write_end.get());
  }
  std::string message = ReadMessage(read_end.get());
  const int exit_code = WaitFor(child);
  return exit_code == 0 ? std::nullopt : std::optional(std::pair{exit_code, std::move(message)});
}

// Does the work of the other process; its exit code says what kind of error it was.
int RunGuarded(const std::function<void()>& work) {
  try {
    work();
    return 0;
  } catch (const core::Error& error) {
    fmt::print(stderr, "{}", error.what());
    return core::ExitCodeOf(error.kind());
  } catch (const std::exception& error) {
    fmt::print(stderr, "{}", error.what());
    return 1;
  }
}

}  // namespace

void CopySqliteInOtherProcess(const std::string& source_path, const std::string& target_path) {
  if (const auto failure = FailureOf({std::string(kCopyFlag), source_path, target_path})) {
    throw core::Error(KindOf(failure->first), "PL-0957",
                      fmt::format("The catalog could not be copied: {}", failure->second),
                      "Check disk space and the catalog ('pluginlake catalog fsck'), then try again.");
  }
}

void VacuumSqliteInOtherProcess(const std::string& path) {
  if (const auto failure = FailureOf({std::string(kVacuumFlag), path})) {
    throw core::Error(KindOf(failure->first), "PL-0962",
                      fmt::format("The catalog could not be written anew: {}", failure->second),
                      "Check disk space, wait until no long query runs, then try again.");
  }
}

std::optional<int> RunAsSqliteProcess(std::span<char*> arguments) {
  if (arguments.size() == 4 && arguments[1] == kCopyFlag) {
    return RunGuarded([&] { state::CopySqliteFile(arguments[2], arguments[3]); });
  }
  if (arguments.size() == 3 && arguments[1] == kVacuumFlag) {
    return RunGuarded([&] { state::VacuumSqliteFile(arguments[2]); });
  }
  return std::nullopt;
}

}  // namespace pluginlake::app
