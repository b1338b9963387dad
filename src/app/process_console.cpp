// Writes to stdout and stderr, and turns signals into a cancellation.
#include "app/process_console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <system_error>

namespace pluginlake::app {
namespace {

// A signal handler can reach nothing but a static; set by CatchSignals() of the one ProcessConsole.
std::atomic<core::Cancellation*> signalled{nullptr};

void OnSignal(int) {
  if (core::Cancellation* cancellation = signalled.load()) {
    cancellation->Request();
  }
}

// Writes all of `bytes`; returns false when the other end is gone, or does not read and `stop` was requested meanwhile.
bool WriteAll(int descriptor, std::string_view bytes, const core::Cancellation* stop) {
  while (!bytes.empty()) {
    ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EPIPE || errno == EBADF || errno == EIO) {
      return false;
    } else if (errno == EINTR && stop != nullptr && stop->is_requested()) {
      return false;
    } else if (errno != EINTR && errno != EAGAIN) {
      throw std::system_error(errno, std::generic_category(), "writing the answer");
    }
  }
  return true;
}

ProgressStyle StyleOfTerminal() {
  ProgressStyle style{.terminal = ::isatty(STDERR_FILENO) == 1};
  winsize size{};
  if (style.terminal && ::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    style.width = size.ws_col;
  }
  return style;
}

}  // namespace

ProcessConsole::ProcessConsole()
    : display_(StyleOfTerminal(), [](std::string_view text) { WriteAll(STDERR_FILENO, text, nullptr); }) {}

ProcessConsole::~ProcessConsole() {
  display_.Finish();
  signalled = nullptr;
}

void ProcessConsole::Out(std::string_view bytes) {
  if (bytes.empty()) {
    return;
  }
  if (out_is_terminal()) {
    display_.Finish();
  }
  std::lock_guard lock(out_mutex_);
  has_output_ = true;
  if (!WriteAll(STDOUT_FILENO, bytes, &cancellation_)) {
    throw core::Interrupted{};
  }
}

void ProcessConsole::Err(std::string_view bytes) { display_.Print(bytes); }

bool ProcessConsole::out_is_terminal() const { return ::isatty(STDOUT_FILENO) == 1; }
bool ProcessConsole::err_is_terminal() const { return ::isatty(STDERR_FILENO) == 1; }

void ProcessConsole::BeQuiet() {
  ProgressStyle style = StyleOfTerminal();
  style.quiet = true;
  display_.Restyle(style);
}

void ProcessConsole::CatchSignals() {
  signalled = &cancellation_;
  struct sigaction action{};
  action.sa_handler = &OnSignal;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace pluginlake::app
