// Names the states of batches and runs as they stand in the database.
#include "pluginlake/state/records.h"

#include <array>
#include <string_view>

#include "pluginlake/core/error.h"

namespace pluginlake::state {
namespace {

constexpr std::array<const char*, 4> kNames = {"running", "done", "failed", "interrupted"};

}  // namespace

const char* NameOf(Status status) { return kNames.at(static_cast<std::size_t>(status)); }

Status StatusOf(const std::string& name) {
  for (std::size_t index = 0; index < kNames.size(); ++index) {
    if (std::string_view(kNames.at(index)) == name) {
      return static_cast<Status>(index);
    }
  }
  throw core::Error(core::ErrorKind::kInternal, "PL-0505", "The station's records hold an unknown status: " + name,
                    "The state database was changed by something else. Restore it from a backup.");
}

}  // namespace pluginlake::state
