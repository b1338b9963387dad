// Reads an instant field by field, each at its fixed place.
#include "pluginlake/fhir/instant.h"

#include <chrono>

namespace pluginlake::fhir {

namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::size_t kSecondsEnd = 19;  // after "2024-02-29T13:28:17"

// Cuts fields off the front of a text; once a field does not fit, `good` stays false.
struct FieldReader {
  std::string_view rest;
  bool good = true;

  int Number(std::size_t digits, int largest) {
    if (rest.size() < digits) {
      good = false;
      return 0;
    }
    int number = 0;
    for (const char digit : rest.substr(0, digits)) {
      good = good && digit >= '0' && digit <= '9';
      number = number * 10 + (digit - '0');
    }
    rest.remove_prefix(digits);
    good = good && number <= largest;
    return good ? number : 0;
  }

  void Sign(char expected) {
    good = good && !rest.empty() && rest.front() == expected;
    rest.remove_prefix(good ? 1 : 0);
  }
};

std::int64_t DateMicros(FieldReader& reader) {
  const int year = reader.Number(4, 9999);
  reader.Sign('-');
  const int month = reader.Number(2, 12);
  reader.Sign('-');
  const int day = reader.Number(2, 31);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  reader.good = reader.good && year > 0 && date.ok();
  if (!reader.good) {
    return 0;
  }
  return std::chrono::sys_days{date}.time_since_epoch().count() * std::int64_t{86'400} * kSecond;
}

std::int64_t TimeMicros(FieldReader& reader) {
  const int hour = reader.Number(2, 23);
  reader.Sign(':');
  const int minute = reader.Number(2, 59);
  reader.Sign(':');
  const int second = reader.Number(2, 60);
  return (std::int64_t{hour} * 3600 + minute * 60 + second) * kSecond;
}

std::int64_t FractionMicros(FieldReader& reader) {
  if (reader.rest.empty() || reader.rest.front() != '.') {
    return 0;
  }
  reader.rest.remove_prefix(1);
  std::int64_t micros = 0;
  std::int64_t unit = kSecond / 10;
  std::size_t digits = 0;
  for (; digits < reader.rest.size() && reader.rest[digits] >= '0' && reader.rest[digits] <= '9'; ++digits) {
    micros += unit * (reader.rest[digits] - '0');
    unit /= 10;
  }
  reader.good = reader.good && digits > 0;
  reader.rest.remove_prefix(digits);
  return micros;
}

std::int64_t OffsetMicros(FieldReader& reader) {
  if (reader.rest == "Z") {
    return 0;
  }
  const std::int64_t sign = reader.rest.starts_with('-') ? -1 : 1;
  reader.Sign(sign < 0 ? '-' : '+');
  const int hour = reader.Number(2, 14);
  reader.Sign(':');
  const int minute = reader.Number(2, 59);
  reader.good = reader.good && reader.rest.empty();
  return sign * (std::int64_t{hour} * 60 + minute) * 60 * kSecond;
}

}  // namespace

std::optional<std::int64_t> ParseInstant(std::string_view text) {
  if (text.size() <= kSecondsEnd) {
    return std::nullopt;
  }
  FieldReader reader{text};
  std::int64_t micros = DateMicros(reader);
  reader.Sign('T');
  micros += TimeMicros(reader);
  micros += FractionMicros(reader);
  micros -= OffsetMicros(reader);
  return reader.good ? std::optional(micros) : std::nullopt;
}

}  // namespace pluginlake::fhir
