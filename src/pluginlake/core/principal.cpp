// Names the local operator after the effective user.
#include "pluginlake/core/principal.h"

#include <pwd.h>
#include <unistd.h>

#include <array>
#include <string>

namespace pluginlake::core {

Principal LocalOperator() {
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found != nullptr) {
    return Principal{.name = found->pw_name, .role = kLocalOperatorRole};
  }
  return Principal{.name = "uid-" + std::to_string(geteuid()), .role = kLocalOperatorRole};
}

Principal MetadataReaderFor(const Principal& principal) {
  if (principal.is_local_operator()) {
    return principal;
  }
  return {.name = "pluginlake", .on_behalf_of = principal.name, .purpose = "metadata", .role = kMetadataReaderRole};
}

}  // namespace pluginlake::core
