// The seam through which pluginlake asks for the time, so that tests can say what it is.
#pragma once

#include <cstdint>
#include <string>

namespace pluginlake::core {

// Microseconds since 1970-01-01 00:00 UTC.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t NowMicros() const = 0;
};

// The machine's clock.
class SystemClock final : public Clock {
 public:
  std::int64_t NowMicros() const override;
};

// A clock that stands still until it is set. For tests.
class FixedClock final : public Clock {
 public:
  explicit FixedClock(std::int64_t now_micros) : now_micros_(now_micros) {}
  std::int64_t NowMicros() const override { return now_micros_; }
  void Set(std::int64_t now_micros) { now_micros_ = now_micros; }

 private:
  std::int64_t now_micros_;
};

// Returns `micros` as "2026-11-22T10:15:00.123456Z".
std::string FormatUtc(std::int64_t micros);

}  // namespace pluginlake::core
