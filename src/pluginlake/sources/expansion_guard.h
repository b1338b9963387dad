// Stops unpacking when an archive grows beyond what records do: a zip bomb.
#pragma once

#include <cstdint>
#include <optional>

#include "pluginlake/sources/byte_stream.h"
#include "pluginlake/sources/record_limits.h"

namespace pluginlake::sources {

class ExpansionGuard {
 public:
  explicit ExpansionGuard(const RecordLimits& limits);

  // Returns the fault expansion_limit when `unpacked` bytes out of `packed` are too many.
  std::optional<StreamFault> Check(std::uint64_t packed, std::uint64_t unpacked) const;

 private:
  std::uint64_t ratio_max_;
  std::uint64_t free_bytes_;
  std::uint64_t bytes_max_;
};

}  // namespace pluginlake::sources
