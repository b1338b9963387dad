// The one place that reads argv, environ and the working directory.
#include "app/invocation.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string_view>

#include "pluginlake/core/settings_load.h"

namespace pluginlake::app {
namespace {

bool IsKept(std::string_view name) {
  constexpr std::array<std::string_view, 4> kKept{"NO_COLOR", "HOME", "TERM", "TMPDIR"};
  for (std::string_view kept : kKept) {
    if (name == kept) {
      return true;
    }
  }
  return core::IsSettingsVariable(name);
}

}  // namespace

Invocation InvocationOfProcess(int argument_count, const char* const* arguments) {
  Invocation invocation;
  for (int index = 1; index < argument_count; ++index) {
    invocation.args.emplace_back(arguments[index]);
  }
  std::error_code ignored;
  invocation.directory = std::filesystem::current_path(ignored).string();
  for (char** entry = environ; *entry != nullptr; ++entry) {
    std::string_view variable = *entry;
    std::size_t equals = variable.find('=');
    if (equals != std::string_view::npos && IsKept(variable.substr(0, equals))) {
      invocation.environment.emplace(variable.substr(0, equals), variable.substr(equals + 1));
    }
  }
  if (winsize size{}; ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    invocation.environment["COLUMNS"] =
        std::to_string(size.ws_col);  // whoever runs the verb lays out for this terminal
  }
  return invocation;
}

std::string AbsolutePath(const Invocation& invocation, const std::string& path) {
  return (std::filesystem::path(invocation.directory) / path).lexically_normal().string();
}

std::string VariableOf(const Invocation& invocation, const std::string& name) {
  auto found = invocation.environment.find(name);
  return found == invocation.environment.end() ? std::string() : found->second;
}

}  // namespace pluginlake::app
