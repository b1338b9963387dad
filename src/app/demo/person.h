// One synthetic person: a Dutch name, an address, a number that can be nobody's BSN.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/demo/calendar.h"
#include "app/demo/care.h"
#include "app/demo/catalogue.h"
#include "app/demo/random.h"

namespace pluginlake::app::demo {

struct Address {
  std::string street;
  int number = 0;
  std::string postcode;  // "3511 AB"
  std::string city;
};

struct Person {
  std::size_t index = 0;  // from 0
  std::string sex;        // "f", "m"
  std::vector<std::string> given;
  Surname surname;
  Day birth = 0;
  Address address;
  std::string bsn;  // nine digits that fail the elfproef
  std::string phone;
  std::size_t practice = 0;  // general practice and hospital, by index of Care::organizations()
  std::size_t hospital = 0;
};

// Makes a person out of the next numbers of `random`.
Person MakePerson(std::size_t index, const Catalogue& catalogue, const Care& care, Random& random);

// Says whether nine digits pass the elfproef, as every real BSN does.
bool PassesElfproef(const std::string& digits);

}  // namespace pluginlake::app::demo
