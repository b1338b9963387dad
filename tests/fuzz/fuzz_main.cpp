// The entry that libFuzzer calls; PLUGINLAKE_FUZZ_TARGET is one of fuzz_targets.h.
#include <cstddef>
#include <cstdint>

#include "fuzz_targets.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  pluginlake::fuzz::PLUGINLAKE_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
