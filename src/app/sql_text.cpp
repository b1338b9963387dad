// Opens a statement's file, or what the client opened for it.
#include "app/sql_text.h"

#include <fmt/format.h>

#include <fstream>

#include "app/verb.h"
#include "pluginlake/core/error.h"

namespace pluginlake::app {
namespace {

constexpr std::size_t kStatementBytesMax = 1024 * 1024;

}  // namespace

std::string ReadSqlFile(const PathArgument& path) {
  const std::string name = path.descriptor >= 0 ? fmt::format("/proc/self/fd/{}", path.descriptor) : path.absolute;
  std::ifstream in(name, std::ios::binary);
  std::string text(kStatementBytesMax + 1, '\0');
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(in.gcount()));
  if (text.empty() && !in.eof()) {
    throw core::Error(core::ErrorKind::kNotFound, "PL-0223",
                      fmt::format("The file of -f cannot be read: {}", path.shown),
                      "Name a file with one SQL statement.");
  }
  if (text.size() > kStatementBytesMax) {
    throw core::Error(core::ErrorKind::kInvalidInput, "PL-0224",
                      fmt::format("The file of -f is larger than a statement may be (1 MB): {}", path.shown),
                      "Name a file with one SQL statement.");
  }
  return text;
}

}  // namespace pluginlake::app
