// Who gives care in the demo: organisations, their places and their practitioners.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "app/demo/catalogue.h"

namespace pluginlake::app::demo {

struct Practitioner {
  std::string sex;
  std::string given;
  Surname surname;
  std::string agb;  // 8 digits, of a block that is not given out
  std::size_t organization = 0;
};

struct Location {
  std::string name;
  std::string visit;
  std::size_t organization = 0;
};

// Index into one of Care's lists, or into nothing.
inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

// Where a visit is, by index into Care's lists.
struct Place {
  std::size_t organization = kNowhere;
  std::size_t location = kNowhere;
  std::size_t practitioner = kNowhere;
};

// All care givers; the same for the same seed.
class Care {
 public:
  Care(const Catalogue& catalogue, std::uint64_t seed);

  const std::vector<Organization>& organizations() const { return catalogue_.organizations; }
  const std::vector<Location>& locations() const { return locations_; }
  const std::vector<Practitioner>& practitioners() const { return practitioners_; }

  // Returns the organisations of a kind.
  std::vector<std::size_t> OrganizationsOf(const std::string& kind) const;
  // Returns a place in `organization` for a kind of visit; `choice` picks among several.
  Place PlaceFor(std::size_t organization, const std::string& visit, std::size_t choice) const;
  // Returns an organisation's AGB code: 8 digits, of a block that is not given out.
  static std::string AgbOf(std::size_t organization);

 private:
  const Catalogue& catalogue_;  // outlives this
  std::vector<Location> locations_;
  std::vector<Practitioner> practitioners_;
};

}  // namespace pluginlake::app::demo
