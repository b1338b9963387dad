// Refuses roles as long as nothing stands between them and the rows.
#include "pluginlake/catalog/access.h"

#include <fmt/format.h>

#include "pluginlake/core/error.h"

namespace pluginlake::catalog {

void RequireOperator(const core::Principal& principal) {
  if (!principal.is_local_operator()) {
    throw core::Error(core::ErrorKind::kDenied, "PL-0408",
                      fmt::format("The role may not reach the lake directly: {}", principal.role),
                      "Only the local operator reads and writes the lake itself; leave --role out.");
  }
}

void RequireReader(const core::Principal& principal) {
  if (principal.role != core::kMetadataReaderRole) {
    RequireOperator(principal);
  }
}

}  // namespace pluginlake::catalog
