// Reckons with days, and with the two clocks of the Netherlands.
#include "app/demo/calendar.h"

#include <fmt/format.h>

#include <chrono>

namespace pluginlake::app::demo {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

year_month_day CivilOf(Day day) { return year_month_day(sys_days(days(day))); }

// Summer time runs from the last Sunday of March, 02:00, to the last Sunday of October, 03:00.
int OffsetHours(Moment moment) {
  const auto day = static_cast<Day>(moment / kSecondsPerDay);
  const std::chrono::year year = CivilOf(day).year();
  const auto last_sunday = [&](std::chrono::month month) {
    return sys_days(year / month / std::chrono::Sunday[std::chrono::last]).time_since_epoch().count() * kSecondsPerDay;
  };
  const bool summer =
      moment >= last_sunday(std::chrono::March) + 2 * kHour && moment < last_sunday(std::chrono::October) + 3 * kHour;
  return summer ? 2 : 1;
}

std::string ClockText(Moment moment) {
  const auto day = static_cast<Day>(moment / kSecondsPerDay);
  const Moment rest = moment % kSecondsPerDay;
  return fmt::format("{}T{:02}:{:02}:{:02}", DateText(day), rest / kHour, rest / kMinute % 60, rest % kMinute);
}

}  // namespace

Day DayOf(int year, int month, int day) {
  const auto civil = std::chrono::year(year) / std::chrono::month(static_cast<unsigned>(month)) /
                     std::chrono::day(static_cast<unsigned>(day));
  return static_cast<Day>(sys_days(civil).time_since_epoch().count());
}

int YearOf(Day day) { return static_cast<int>(CivilOf(day).year()); }

int AgeOn(Day birth, Day day) {
  const year_month_day from = CivilOf(birth);
  const year_month_day to = CivilOf(day);
  const bool birthday_passed = to.month() > from.month() || (to.month() == from.month() && to.day() >= from.day());
  return static_cast<int>(to.year()) - static_cast<int>(from.year()) - (birthday_passed ? 0 : 1);
}

std::string DateText(Day day) {
  const year_month_day civil = CivilOf(day);
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()),
                     static_cast<unsigned>(civil.day()));
}

std::string LocalText(Moment moment) { return fmt::format("{}+{:02}:00", ClockText(moment), OffsetHours(moment)); }

std::string InstantText(Moment moment) {
  return fmt::format("{}.000Z", ClockText(moment - OffsetHours(moment) * kHour));
}

}  // namespace pluginlake::app::demo
