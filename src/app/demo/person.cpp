// Draws a person from the lists.
#include "app/demo/person.h"

#include <fmt/format.h>

#include <array>

namespace pluginlake::app::demo {
namespace {

// How many of 1,000 people fall in each ten years of age, at the end of the demo's history.
constexpr std::array<int, 10> kAgeShares = {90, 95, 105, 110, 110, 130, 145, 125, 75, 15};

Day DrawBirth(Random& random) {
  auto left = static_cast<int>(random.Below(1000));
  int decade = 0;
  while (left >= kAgeShares[static_cast<std::size_t>(decade)]) {
    left -= kAgeShares[static_cast<std::size_t>(decade)];
    ++decade;
  }
  const auto age = static_cast<int>(10 * decade + random.Between(0, 9));
  return DayOf(kLastYear - age, static_cast<int>(random.Between(1, 12)), static_cast<int>(random.Between(1, 28)));
}

// Draws from the block 999…, which is not given out, and spoils the last digit so that it fails the elfproef too. The
// first eight digits belong to one person up to 100,000 of them.
std::string DrawBsn(std::size_t index, Random& random) {
  std::string digits = fmt::format("999{:05}{}", index * 7919 % 100'000, random.Below(10));
  if (PassesElfproef(digits)) {
    digits.back() = digits.back() == '9' ? '0' : static_cast<char>(digits.back() + 1);
  }
  return digits;
}

// The letters that postcodes use; SA, SD and SS are not given out, so S is left out as a first letter.
std::string DrawPostcode(const City& city, Random& random) {
  constexpr std::string_view kFirst = "ABCDEGHJKLMNPRTVWXZ";
  constexpr std::string_view kSecond = "ABCDEGHJKLMNPRSTVWXZ";
  return fmt::format("{} {}{}", random.Between(city.postcode_from, city.postcode_to),
                     kFirst[random.Below(kFirst.size())], kSecond[random.Below(kSecond.size())]);
}

Address DrawAddress(const Catalogue& catalogue, Random& random) {
  const City& city = catalogue.cities[random.Below(catalogue.cities.size())];
  Address address{.street = catalogue.streets[random.Below(catalogue.streets.size())]};
  address.number = static_cast<int>(random.Between(1, 240));
  address.postcode = DrawPostcode(city, random);
  address.city = city.name;
  return address;
}

}  // namespace

bool PassesElfproef(const std::string& digits) {
  int sum = 0;
  for (int i = 0; i < 9; ++i) {
    const int digit = digits[static_cast<std::size_t>(i)] - '0';
    sum += i == 8 ? -digit : (9 - i) * digit;
  }
  return sum % 11 == 0;
}

Person MakePerson(std::size_t index, const Catalogue& catalogue, const Care& care, Random& random) {
  Person person{.index = index, .sex = random.Chance(51, 100) ? "f" : "m"};
  const auto& names = person.sex == "f" ? catalogue.female_names : catalogue.male_names;
  person.given.push_back(names[random.Below(names.size())]);
  if (random.Chance(35, 100)) {
    person.given.push_back(names[random.Below(names.size())]);
  }
  person.surname = catalogue.surnames[random.Below(catalogue.surnames.size())];
  person.birth = DrawBirth(random);
  person.address = DrawAddress(catalogue, random);
  person.bsn = DrawBsn(index, random);
  person.phone = fmt::format("06-5555{:04}", random.Below(10'000));
  const std::vector<std::size_t> practices = care.OrganizationsOf("gp");
  const std::vector<std::size_t> hospitals = care.OrganizationsOf("hospital");
  person.practice = practices[random.Below(practices.size())];
  person.hospital = hospitals[random.Below(hospitals.size())];
  return person;
}

}  // namespace pluginlake::app::demo
