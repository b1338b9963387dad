// Maps errno to the kinds of Error.
#include "pluginlake/net/system_error.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>

#include "pluginlake/core/error.h"

namespace pluginlake::net {
namespace {

using core::ErrorKind;

struct Remedy {
  ErrorKind kind;
  std::string_view hint;
};

Remedy RemedyOf(int error_number) {
  switch (error_number) {
    case EACCES:
    case EPERM:
    case EROFS:
      return {ErrorKind::kDenied, "Run as the user who owns the station, or give this user rights on its folder."};
    case ENOSPC:
    case EDQUOT:
      return {ErrorKind::kExhausted, "Free space on the station's disk."};
    case EMFILE:
    case ENFILE:
    case ENOMEM:
      return {ErrorKind::kExhausted,
              "Raise the limit of open files (ulimit -n), or name a folder instead of its files."};
    case ENOENT:
    case ENOTDIR:
      return {ErrorKind::kNotFound, "Check the station's folder."};
    default:
      return {ErrorKind::kUnavailable, "Check that the station's folder is on a local file system."};
  }
}

}  // namespace

void ThrowSystemError(int error_number, std::string_view code, std::string_view what, const std::string& path) {
  const Remedy remedy = RemedyOf(error_number);
  throw core::Error(remedy.kind, code, fmt::format("{}\n{}: {}", what, path, std::strerror(error_number)), remedy.hint);
}

}  // namespace pluginlake::net
