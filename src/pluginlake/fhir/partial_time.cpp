// Parses by position: FHIR's formats have fixed widths.
#include "pluginlake/fhir/partial_time.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace pluginlake::fhir {

namespace {

constexpr std::int64_t kNanosPerSecond = 1'000'000'000;
constexpr std::int64_t kMinutesPerDay = 24 * 60;
constexpr int kFractionDigitsMax = 9;

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }

// Takes `count` digits off the front.
bool TakeNumber(std::string_view& rest, std::size_t count, std::int32_t& number) {
  if (rest.size() < count) {
    return false;
  }
  number = 0;
  for (const char digit : rest.substr(0, count)) {
    if (!IsDigit(digit)) {
      return false;
    }
    number = number * 10 + (digit - '0');
  }
  rest.remove_prefix(count);
  return true;
}

// Takes `sign` off the front if it is there.
bool TakeSign(std::string_view& rest, char sign) {
  if (!rest.starts_with(sign)) {
    return false;
  }
  rest.remove_prefix(1);
  return true;
}

void TakeFraction(std::string_view& rest, PartialTime& time) {
  std::int64_t unit = kNanosPerSecond / 10;
  while (!rest.empty() && IsDigit(rest.front())) {
    time.nanos += (rest.front() - '0') * unit;
    unit /= 10;
    time.fraction_digits = static_cast<std::uint8_t>(std::min(time.fraction_digits + 1, kFractionDigitsMax));
    rest.remove_prefix(1);
  }
}

bool TakeTimeOfDay(std::string_view& rest, PartialTime& time) {
  if (!TakeNumber(rest, 2, time.hour) || time.hour > 23) {
    return false;
  }
  time.precision = TimePrecision::kHour;
  if (!TakeSign(rest, ':')) {
    return true;
  }
  if (!TakeNumber(rest, 2, time.minute) || time.minute > 59) {
    return false;
  }
  time.precision = TimePrecision::kMinute;
  if (!TakeSign(rest, ':')) {
    return true;
  }
  std::int32_t second = 0;
  if (!TakeNumber(rest, 2, second) || second > 60) {
    return false;
  }
  time.precision = TimePrecision::kSecond;
  time.nanos = second * kNanosPerSecond;
  if (TakeSign(rest, '.')) {
    TakeFraction(rest, time);
    return time.fraction_digits > 0;
  }
  return true;
}

bool TakeZone(std::string_view& rest, PartialTime& time) {
  if (TakeSign(rest, 'Z')) {
    time.offset_minutes = 0;
    return true;
  }
  const bool west = rest.starts_with('-');
  if (!west && !rest.starts_with('+')) {
    return true;
  }
  rest.remove_prefix(1);
  std::int32_t hours = 0;
  std::int32_t minutes = 0;
  if (!TakeNumber(rest, 2, hours) || !TakeSign(rest, ':') || !TakeNumber(rest, 2, minutes)) {
    return false;
  }
  const std::int32_t offset = hours * 60 + minutes;
  time.offset_minutes = west ? -offset : offset;
  return hours <= 14 && minutes <= 59;
}

std::chrono::year_month_day DateOf(const PartialTime& value) {
  return {std::chrono::year(value.year), std::chrono::month(static_cast<unsigned>(value.month)),
          std::chrono::day(static_cast<unsigned>(value.day))};
}

std::int64_t DayNumber(const PartialTime& value) {
  return std::chrono::sys_days(DateOf(value)).time_since_epoch().count();
}

bool TakeDate(std::string_view& rest, PartialTime& value) {
  if (!TakeNumber(rest, 4, value.year) || value.year == 0) {
    return false;
  }
  if (!TakeSign(rest, '-')) {
    return true;
  }
  value.precision = TimePrecision::kMonth;
  if (!TakeNumber(rest, 2, value.month) || value.month < 1 || value.month > 12) {
    return false;
  }
  if (!TakeSign(rest, '-')) {
    return true;
  }
  value.precision = TimePrecision::kDay;
  return TakeNumber(rest, 2, value.day) && DateOf(value).ok();
}

// The parts from the year down, in one zone if the time is known and `to_utc` says so.
std::array<std::int64_t, 6> PartsOf(const PartialTime& value, bool to_utc) {
  if (!to_utc || value.precision < TimePrecision::kMinute) {
    return {value.year, value.month, value.day, value.hour, value.minute, value.nanos};
  }
  const std::int64_t minutes =
      DayNumber(value) * kMinutesPerDay + value.hour * 60 + value.minute - value.offset_minutes.value_or(0);
  const std::chrono::sys_days day{std::chrono::floor<std::chrono::days>(std::chrono::minutes(minutes))};
  const std::chrono::year_month_day date(day);
  const std::int64_t of_day =
      minutes - std::chrono::duration_cast<std::chrono::minutes>(day.time_since_epoch()).count();
  return {static_cast<int>(date.year()),
          static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()),
          of_day / 60,
          of_day % 60,
          value.nanos};
}

std::int32_t LastDay(const PartialTime& value) {
  const std::chrono::year_month_day_last last(
      std::chrono::year(value.year),
      std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(value.month))));
  return static_cast<std::int32_t>(static_cast<unsigned>(last.day()));
}

// Sets what is not known to its first or last value.
PartialTime Completed(PartialTime value, Boundary boundary) {
  const bool high = boundary == Boundary::kHigh;
  if (value.precision < TimePrecision::kMonth && !value.is_time) value.month = high ? 12 : 1;
  if (value.precision < TimePrecision::kDay && !value.is_time) value.day = high ? LastDay(value) : 1;
  if (value.precision < TimePrecision::kHour) value.hour = high ? 23 : 0;
  if (value.precision < TimePrecision::kMinute) value.minute = high ? 59 : 0;
  if (value.precision < TimePrecision::kSecond) value.nanos = high ? 59 * kNanosPerSecond : 0;
  if (high) {
    std::int64_t unit = kNanosPerSecond;
    for (int digit = 0; digit < value.fraction_digits; ++digit) {
      unit /= 10;
    }
    value.nanos += unit - 1;
  }
  return value;
}

std::string ClockText(const PartialTime& value) {
  constexpr std::int64_t kNanosPerMilli = 1'000'000;
  const std::int64_t millis = value.nanos % kNanosPerSecond / kNanosPerMilli;
  return fmt::format("{:02}:{:02}:{:02}.{:03}", value.hour, value.minute, value.nanos / kNanosPerSecond, millis);
}

std::string ZoneText(const PartialTime& value, Boundary boundary) {
  if (!value.offset_minutes) {
    return boundary == Boundary::kLow ? "+14:00" : "-12:00";
  }
  const std::int32_t offset = *value.offset_minutes;
  const std::int32_t size = offset < 0 ? -offset : offset;
  return offset == 0 ? "Z" : fmt::format("{}{:02}:{:02}", offset < 0 ? '-' : '+', size / 60, size % 60);
}

}  // namespace

std::optional<PartialTime> ParseDateTime(std::string_view text) {
  PartialTime value;
  if (!TakeDate(text, value)) {
    return std::nullopt;
  }
  if (TakeSign(text, 'T') &&
      (value.precision != TimePrecision::kDay || !TakeTimeOfDay(text, value) || !TakeZone(text, value))) {
    return std::nullopt;
  }
  return text.empty() ? std::optional(value) : std::nullopt;
}

std::optional<PartialTime> ParseTimeOfDay(std::string_view text) {
  PartialTime value;
  value.is_time = true;
  return TakeTimeOfDay(text, value) && text.empty() ? std::optional(value) : std::nullopt;
}

TimeOrder CompareTimes(const PartialTime& left, const PartialTime& right) {
  const TimePrecision common = std::min(left.precision, right.precision);
  const bool to_utc = !left.is_time && common >= TimePrecision::kMinute;
  const std::array<std::int64_t, 6> left_parts = PartsOf(left, to_utc);
  const std::array<std::int64_t, 6> right_parts = PartsOf(right, to_utc);
  const auto first = static_cast<std::size_t>(left.is_time ? TimePrecision::kHour : TimePrecision::kYear);
  for (std::size_t part = first; part <= static_cast<std::size_t>(common); ++part) {
    if (left_parts[part] != right_parts[part]) {
      return left_parts[part] < right_parts[part] ? TimeOrder::kBefore : TimeOrder::kAfter;
    }
  }
  return left.precision == right.precision ? TimeOrder::kEqual : TimeOrder::kUnknown;
}

std::string DateBoundary(const PartialTime& value, Boundary boundary) {
  const PartialTime whole = Completed(value, boundary);
  return fmt::format("{:04}-{:02}-{:02}", whole.year, whole.month, whole.day);
}

std::string DateTimeBoundary(const PartialTime& value, Boundary boundary) {
  const PartialTime whole = Completed(value, boundary);
  return DateBoundary(value, boundary) + 'T' + ClockText(whole) + ZoneText(whole, boundary);
}

std::string TimeBoundary(const PartialTime& value, Boundary boundary) { return ClockText(Completed(value, boundary)); }

std::optional<std::int32_t> DaysOf(const PartialTime& value) {
  const bool known = !value.is_time && value.precision >= TimePrecision::kDay;
  return known ? std::optional(static_cast<std::int32_t>(DayNumber(value))) : std::nullopt;
}

std::optional<std::int64_t> MicrosecondsOf(const PartialTime& value) {
  constexpr std::int64_t kMicrosPerMinute = 60'000'000;
  if (value.is_time || value.precision < TimePrecision::kSecond || !value.offset_minutes) {
    return std::nullopt;
  }
  const std::int64_t minutes =
      DayNumber(value) * kMinutesPerDay + value.hour * 60 + value.minute - *value.offset_minutes;
  return minutes * kMicrosPerMinute + value.nanos / 1000;
}

}  // namespace pluginlake::fhir
