// Spells numbers, dates, times and bytes.
#include "pluginlake/duck/scalar_text.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <limits>

namespace pluginlake::duck {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kMicrosPerSecond = 1'000'000;

template <typename Real>
void AppendShortest(std::string& out, Real value) {
  if (std::isnan(value)) {
    out += "nan";
    return;
  }
  if (std::isinf(value)) {
    out += value < 0 ? "-inf" : "inf";
    return;
  }
  const std::size_t start = out.size();
  fmt::format_to(std::back_inserter(out), "{}", value);
  if (out.find_first_of(".e", start) == std::string::npos) {
    out += ".0";
  }
}

// Appends ".25" for a quarter; nothing for a whole second.
void AppendFraction(std::string& out, std::int64_t fraction, std::int64_t units_per_second) {
  if (fraction == 0) {
    return;
  }
  const std::string digits = std::to_string(units_per_second + fraction).substr(1);
  out += '.';
  out += digits.substr(0, digits.find_last_not_of('0') + 1);
}

void AppendCivil(std::string& out, std::int64_t days) {
  const std::chrono::sys_days point{std::chrono::days(days)};
  // The calendar of <chrono> ends at year 32767: shift by whole cycles of 400 years (146,097 days).
  const std::int64_t cycles = days / 146'097;
  const std::chrono::year_month_day civil(point - std::chrono::days(cycles * 146'097));
  std::int64_t year = static_cast<int>(civil.year()) + cycles * 400;
  const bool before_christ = year <= 0;
  year = before_christ ? 1 - year : year;
  fmt::format_to(std::back_inserter(out), "{:04}-{:02}-{:02}{}", year, static_cast<unsigned>(civil.month()),
                 static_cast<unsigned>(civil.day()), before_christ ? " (BC)" : "");
}

std::int64_t FloorDivide(std::int64_t value, std::int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

}  // namespace

Int128 WideOf(const duckdb_hugeint& value) {
  return static_cast<Int128>(static_cast<UInt128>(static_cast<std::uint64_t>(value.upper)) << 64 | value.lower);
}

UInt128 WideOf(const duckdb_uhugeint& value) { return static_cast<UInt128>(value.upper) << 64 | value.lower; }

void AppendInteger(std::string& out, Int128 value) { fmt::format_to(std::back_inserter(out), "{}", value); }

void AppendDecimal(std::string& out, Int128 value, std::uint8_t scale) {
  std::string digits = fmt::format("{}", value < 0 ? -static_cast<UInt128>(value) : static_cast<UInt128>(value));
  if (digits.size() <= scale) {
    digits.insert(0, scale + 1 - digits.size(), '0');
  }
  if (scale > 0) {
    digits.insert(digits.size() - scale, 1, '.');
  }
  out += value < 0 ? "-" : "";
  out += digits;
}

void AppendReal(std::string& out, double value) { AppendShortest(out, value); }
void AppendReal(std::string& out, float value) { AppendShortest(out, value); }

void AppendDate(std::string& out, std::int32_t days) {
  if (days == std::numeric_limits<std::int32_t>::max() || days == -std::numeric_limits<std::int32_t>::max()) {
    out += days < 0 ? "-infinity" : "infinity";
    return;
  }
  AppendCivil(out, days);
}

void AppendTime(std::string& out, std::int64_t value, std::int64_t units_per_second) {
  const std::int64_t seconds = value / units_per_second;
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  AppendFraction(out, value % units_per_second, units_per_second);
}

void AppendTimestamp(std::string& out, std::int64_t value, std::int64_t units_per_second) {
  if (value == std::numeric_limits<std::int64_t>::max() || value == -std::numeric_limits<std::int64_t>::max()) {
    out += value < 0 ? "-infinity" : "infinity";
    return;
  }
  const std::int64_t units_per_day = units_per_second * kSecondsPerDay;
  const std::int64_t days = FloorDivide(value, units_per_day);
  AppendCivil(out, days);
  out += ' ';
  AppendTime(out, value - days * units_per_day, units_per_second);
}

void AppendTimeWithZone(std::string& out, std::uint64_t bits) {
  const duckdb_time_tz_struct parts = duckdb_from_time_tz(duckdb_time_tz{bits});
  fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", parts.time.hour, parts.time.min, parts.time.sec);
  AppendFraction(out, parts.time.micros, kMicrosPerSecond);
  const int offset = std::abs(parts.offset);
  fmt::format_to(std::back_inserter(out), "{}{:02}", parts.offset < 0 ? '-' : '+', offset / 3600);
  if (offset % 3600 != 0) fmt::format_to(std::back_inserter(out), ":{:02}", offset / 60 % 60);
  if (offset % 60 != 0) fmt::format_to(std::back_inserter(out), ":{:02}", offset % 60);
}

void AppendInterval(std::string& out, const duckdb_interval& value) {
  const std::size_t start = out.size();
  const auto append_part = [&](std::int64_t count, const char* unit) {
    if (count == 0) return;
    fmt::format_to(std::back_inserter(out), "{}{} {}{}", out.size() > start ? " " : "", count, unit,
                   count == 1 || count == -1 ? "" : "s");
  };
  append_part(value.months / 12, "year");
  append_part(value.months % 12, "month");
  append_part(value.days, "day");
  if (value.micros != 0 || out.size() == start) {
    out += out.size() > start ? " " : "";
    out += value.micros < 0 ? "-" : "";
    const std::uint64_t micros =
        value.micros < 0 ? -static_cast<std::uint64_t>(value.micros) : static_cast<std::uint64_t>(value.micros);
    const std::uint64_t seconds = micros / kMicrosPerSecond;
    fmt::format_to(std::back_inserter(out), "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    AppendFraction(out, static_cast<std::int64_t>(micros % kMicrosPerSecond), kMicrosPerSecond);
  }
}

void AppendUuid(std::string& out, const duckdb_hugeint& value) {
  const std::uint64_t high = static_cast<std::uint64_t>(value.upper) ^ (std::uint64_t{1} << 63);
  fmt::format_to(std::back_inserter(out), "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, high >> 16 & 0xFFFF,
                 high & 0xFFFF, value.lower >> 48, value.lower & 0xFFFF'FFFF'FFFF);
}

void AppendHex(std::string& out, const char* bytes, std::size_t size) {
  constexpr const char* kDigits = "0123456789abcdef";
  for (std::size_t i = 0; i < size; ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
}

void AppendBits(std::string& out, const char* bytes, std::size_t size) {
  // The first byte says how many leading bits of the second are padding.
  const std::size_t padding = size == 0 ? 0 : static_cast<unsigned char>(bytes[0]);
  for (std::size_t bit = padding; size > 0 && bit < (size - 1) * 8; ++bit) {
    const auto byte = static_cast<unsigned char>(bytes[1 + bit / 8]);
    out += (byte >> (7 - bit % 8) & 1) != 0 ? '1' : '0';
  }
}

}  // namespace pluginlake::duck
