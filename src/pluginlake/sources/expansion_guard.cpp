// Weighs unpacked against packed bytes.
#include "pluginlake/sources/expansion_guard.h"

#include <fmt/format.h>

namespace pluginlake::sources {

ExpansionGuard::ExpansionGuard(const RecordLimits& limits)
    : ratio_max_(limits.expansion_ratio_max),
      free_bytes_(std::uint64_t{limits.expansion_free_mb} << 20),
      bytes_max_(limits.expanded_mb_max << 20) {}

std::optional<StreamFault> ExpansionGuard::Check(std::uint64_t packed, std::uint64_t unpacked) const {
  if (unpacked > bytes_max_) {
    return StreamFault{
        "expansion_limit",
        fmt::format("The archive unpacks to more than sources.expanded_mb_max ({} MB).", bytes_max_ >> 20)};
  }
  if (unpacked > free_bytes_ && unpacked / ratio_max_ > packed) {
    return StreamFault{"expansion_limit",
                       fmt::format("The archive unpacks to more than sources.expansion_ratio_max ({}) times its size "
                                   "and more than sources.expansion_free_mb ({} MB).",
                                   ratio_max_, free_bytes_ >> 20)};
  }
  return std::nullopt;
}

}  // namespace pluginlake::sources
