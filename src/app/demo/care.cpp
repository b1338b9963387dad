// Staffs the demo's organisations.
#include "app/demo/care.h"

#include <fmt/format.h>

#include "app/demo/random.h"

namespace pluginlake::app::demo {
namespace {

constexpr std::uint64_t kCareStream = 1'000'000'007;
constexpr int kHospitalStaff = 12;
constexpr int kPracticeStaff = 3;

}  // namespace

Care::Care(const Catalogue& catalogue, std::uint64_t seed) : catalogue_(catalogue) {
  Random random(seed, kCareStream);
  for (std::size_t i = 0; i < catalogue.organizations.size(); ++i) {
    const std::string& kind = catalogue.organizations[i].kind;
    for (const LocationKind& location : catalogue.locations) {
      if (location.organization_kind == kind) {
        locations_.push_back({location.name, location.visit, i});
      }
    }
    const int staff = kind == "hospital" ? kHospitalStaff : kPracticeStaff;
    for (int n = 0; n < staff; ++n) {
      const bool female = random.Chance(55, 100);
      const auto& names = female ? catalogue.female_names : catalogue.male_names;
      Practitioner practitioner{.sex = female ? "f" : "m", .given = names[random.Below(names.size())]};
      practitioner.surname = catalogue.surnames[random.Below(catalogue.surnames.size())];
      practitioner.agb = fmt::format("99{:06}", 1000 + practitioners_.size());
      practitioner.organization = i;
      practitioners_.push_back(practitioner);
    }
  }
}

std::vector<std::size_t> Care::OrganizationsOf(const std::string& kind) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < organizations().size(); ++i) {
    if (organizations()[i].kind == kind) found.push_back(i);
  }
  return found;
}

Place Care::PlaceFor(std::size_t organization, const std::string& visit, std::size_t choice) const {
  Place place{.organization = organization};
  std::vector<std::size_t> staff;
  for (std::size_t i = 0; i < practitioners_.size(); ++i) {
    if (practitioners_[i].organization == organization) staff.push_back(i);
  }
  std::vector<std::size_t> rooms;
  for (std::size_t i = 0; i < locations_.size(); ++i) {
    if (locations_[i].organization == organization && locations_[i].visit == visit) rooms.push_back(i);
  }
  if (!staff.empty()) place.practitioner = staff[choice % staff.size()];
  if (!rooms.empty()) place.location = rooms[choice % rooms.size()];
  return place;
}

std::string Care::AgbOf(std::size_t organization) { return fmt::format("9900{:04}", 1 + organization); }

}  // namespace pluginlake::app::demo
