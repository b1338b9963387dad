// Opens the read-only instance that verbs read the station's lake with.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

namespace pluginlake::catalog {
class Reader;
}

namespace pluginlake::app {

struct VerbContext;

// Returns a reader of the station's lake, newest or as it was at a snapshot. Throws what catalog::Reader throws.
std::unique_ptr<catalog::Reader> OpenReader(const VerbContext& context, std::optional<std::int64_t> snapshot_id);

// Returns a reader of the newest lake for a verb that shows names, ids and counts alone: any role may have it.
std::unique_ptr<catalog::Reader> OpenMetadataReader(const VerbContext& context);

}  // namespace pluginlake::app
