// The machine's clock, and its text form.
#include "pluginlake/core/clock.h"

#include <fmt/format.h>

#include <chrono>
#include <ctime>

namespace pluginlake::core {

std::int64_t SystemClock::NowMicros() const {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::microseconds>(now).count();
}

std::string FormatUtc(std::int64_t micros) {
  constexpr std::int64_t kSecond = 1'000'000;
  std::int64_t fraction = micros % kSecond;
  std::time_t seconds = micros / kSecond;
  if (fraction < 0) {
    fraction += kSecond;
    --seconds;
  }
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec, fraction);
}

}  // namespace pluginlake::core
