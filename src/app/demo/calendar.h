// The demo's dates and times, as FHIR writes them.
#pragma once

#include <cstdint>
#include <string>

namespace pluginlake::app::demo {

using Day = std::int32_t;     // days since 1970-01-01
using Moment = std::int64_t;  // seconds since then on the clock of the Netherlands

inline constexpr Moment kMinute = 60;
inline constexpr Moment kHour = 60 * kMinute;
inline constexpr Moment kSecondsPerDay = 24 * kHour;

// The demo's history: what happened is from 2016 up to and with 2025.
inline constexpr int kFirstYear = 2016;
inline constexpr int kLastYear = 2025;

Day DayOf(int year, int month, int day);
int YearOf(Day day);
// Returns the completed years between two days.
int AgeOn(Day birth, Day day);

// Returns "2021-03-04".
std::string DateText(Day day);
// Returns "2021-03-04T10:15:00+01:00", with the offset that held in the Netherlands.
std::string LocalText(Moment moment);
// Returns the same moment in UTC, "2021-03-04T09:15:00.000Z".
std::string InstantText(Moment moment);

}  // namespace pluginlake::app::demo
