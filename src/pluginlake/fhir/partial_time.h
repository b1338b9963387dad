// FHIR's dates and times with the precision they were written in: 2020, 2020-02, 2020-02-29T10:00+01:00, 10:00.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pluginlake::fhir {

// How far a date or time is known. Seconds and their fractions are one precision, as FHIRPath compares them.
enum class TimePrecision : std::uint8_t { kYear, kMonth, kDay, kHour, kMinute, kSecond };

struct PartialTime {
  TimePrecision precision = TimePrecision::kYear;
  bool is_time = false;  // of day, without a date
  std::int32_t year = 0, month = 1, day = 1;
  std::int32_t hour = 0, minute = 0;
  std::int64_t nanos = 0;                      // within the minute: seconds and fraction
  std::uint8_t fraction_digits = 0;            // as written; more than nine are cut off
  std::optional<std::int32_t> offset_minutes;  // of the time zone
};

// Parses a date, dateTime or instant; nullopt for anything else, and for dates that do not exist.
std::optional<PartialTime> ParseDateTime(std::string_view text);
// Parses a time of day.
std::optional<PartialTime> ParseTimeOfDay(std::string_view text);

// How two moments lie; kUnknown when the less precise one covers the other.
enum class TimeOrder : std::uint8_t { kBefore, kEqual, kAfter, kUnknown };

// Compares two dates with times, or two times of day. What has a time but no zone counts as UTC.
TimeOrder CompareTimes(const PartialTime& left, const PartialTime& right);

enum class Boundary : std::uint8_t { kLow, kHigh };

// The first or last moment that `value` may mean: as a date (2020-02-01), a dateTime with milliseconds and, where no
// zone is known, the zone where that moment comes first or last, or a time with milliseconds.
std::string DateBoundary(const PartialTime& value, Boundary boundary);
std::string DateTimeBoundary(const PartialTime& value, Boundary boundary);
std::string TimeBoundary(const PartialTime& value, Boundary boundary);

// Returns the days since 1970-01-01; nullopt for a date that is not known to the day.
std::optional<std::int32_t> DaysOf(const PartialTime& value);
// Returns microseconds since 1970 in UTC; nullopt for what is not known to the second, with its zone.
std::optional<std::int64_t> MicrosecondsOf(const PartialTime& value);

}  // namespace pluginlake::fhir
