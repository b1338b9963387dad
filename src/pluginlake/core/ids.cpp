// UUIDv7: 48 bits of milliseconds, 12 of a counter, 62 of chance.
#include "pluginlake/core/ids.h"

#include <fmt/format.h>
#include <openssl/rand.h>

#include <array>
#include <cstdint>
#include <mutex>

#include "pluginlake/core/clock.h"
#include "pluginlake/core/error.h"

namespace pluginlake::core {
namespace {

// Returns the next value of milliseconds * 4096 + counter: never the same twice in this process.
std::uint64_t NextTick() {
  static std::mutex mutex;
  static std::uint64_t last = 0;
  std::uint64_t now = static_cast<std::uint64_t>(SystemClock().NowMicros()) / 1000 * 4096;
  std::lock_guard lock(mutex);
  last = now > last ? now : last + 1;
  return last;
}

}  // namespace

std::string NewRunId() {
  std::uint64_t tick = NextTick();
  std::uint64_t chance = 0;
  std::array<unsigned char, sizeof(chance)> bytes{};
  PL_CHECK(RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) == 1, "the machine gave no random bytes");
  for (unsigned char byte : bytes) {
    chance = chance << 8 | byte;
  }
  std::uint64_t millis = tick >> 12;
  return fmt::format("{:08x}-{:04x}-7{:03x}-{:04x}-{:012x}", millis >> 16 & 0xffffffff, millis & 0xffff, tick & 0xfff,
                     0x8000 | (chance >> 48 & 0x3fff), chance & 0xffffffffffff);
}

}  // namespace pluginlake::core
