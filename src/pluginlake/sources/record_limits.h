// The limits on reading records, each the setting `sources.<name>`.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pluginlake::sources {

struct RecordLimits {
  std::uint32_t resource_mb_max = 32;        // a longer line or Bundle entry is skipped over: fault too_large
  std::uint32_t block_kb = 1024;             // bytes that one thread takes at a time
  std::uint32_t expansion_ratio_max = 200;   // unpacked : packed, looked at above expansion_free_mb
  std::uint32_t expansion_free_mb = 64;      // unpacked output that any archive may give
  std::uint64_t expanded_mb_max = 1U << 20;  // unpacked output that no archive may exceed (1 TB)
  std::uint32_t fault_body_kb_max = 1024;    // what is kept of the bytes of a broken piece

  std::size_t record_bytes_max() const { return std::size_t{resource_mb_max} << 20; }
  std::size_t block_bytes() const { return std::size_t{block_kb} << 10; }
  std::size_t fault_bytes_max() const { return std::size_t{fault_body_kb_max} << 10; }
};

}  // namespace pluginlake::sources
