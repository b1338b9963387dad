// Maps the kinds of Error to what each fixes.
#include "pluginlake/core/error.h"

#include <fmt/format.h>

namespace pluginlake::core {

Error::Error(ErrorKind kind, std::string_view code, std::string_view what, std::string_view hint)
    : std::runtime_error(std::string(what)), kind_(kind), code_(code), hint_(hint) {}

int ExitCodeOf(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalidInput:
      return 2;
    case ErrorKind::kNotFound:
      return 3;
    case ErrorKind::kDenied:
      return 4;
    case ErrorKind::kConflict:
      return 6;
    case ErrorKind::kUnavailable:
      return 7;
    case ErrorKind::kExhausted:
    case ErrorKind::kInternal:
      return 1;
  }
  return 1;
}

void ThrowInternal(std::string_view what, const char* file, int line) {
  throw Error(ErrorKind::kInternal, "PL-0001", fmt::format("A check of our own failed: {} ({}:{})", what, file, line),
              "This is a fault in pluginlake. Nothing was committed; please report it with this message.");
}

}  // namespace pluginlake::core
