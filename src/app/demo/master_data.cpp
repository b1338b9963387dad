// Writes organisations, locations and practitioners.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/demo/naming.h"
#include "app/demo/resources.h"

namespace pluginlake::app::demo {
namespace {

constexpr Moment kOpened = 16'801 * kSecondsPerDay + 9 * kHour;  // 2016-01-01

Json Identifier(std::string_view system, const std::string& value) {
  return Json::array({{{"system", system}, {"value", value}}});
}

void Give(const ResourceSink& sink, std::string_view type, const Json& resource) {
  sink({.type = type, .full_url = {}, .json = resource.dump()});
}

Json OrganizationResource(const Names& names, const Organization& organization, std::size_t index) {
  const bool hospital = organization.kind == "hospital";
  Json resource = names.Begin("Organization", OrganizationId(index), kOpened);
  resource["identifier"] = Identifier(kSystemAgb, Care::AgbOf(index));
  resource["active"] = true;
  resource["type"] = Json::array({Concept("http://nictiz.nl/fhir/NamingSystem/organization-type",
                                          hospital ? "V4" : "Z3", hospital ? "Ziekenhuis" : "Huisartspraktijk")});
  resource["name"] = organization.name;
  resource["address"] = Json::array({{{"city", organization.city}, {"country", "NL"}}});
  return resource;
}

Json PractitionerResource(const Names& names, const Practitioner& practitioner, std::size_t index) {
  Json resource = names.Begin("Practitioner", PractitionerId(index), kOpened);
  resource["identifier"] = Identifier(kSystemAgb, practitioner.agb);
  resource["active"] = true;
  const Surname& surname = practitioner.surname;
  resource["name"] = Json::array(
      {{{"use", "official"},
        {"family", surname.prefix.empty() ? surname.family : fmt::format("{} {}", surname.prefix, surname.family)},
        {"given", Json::array({practitioner.given})}}});
  resource["gender"] = practitioner.sex == "f" ? "female" : "male";
  return resource;
}

}  // namespace

void MakeMasterData(const Care& care, const ResourceSink& sink) {
  const Names names(care, Naming::kIds);
  for (std::size_t i = 0; i < care.organizations().size(); ++i) {
    Give(sink, "Organization", OrganizationResource(names, care.organizations()[i], i));
  }
  for (std::size_t i = 0; i < care.locations().size(); ++i) {
    const Location& location = care.locations()[i];
    Json resource = names.Begin("Location", LocationId(i), kOpened);
    resource["identifier"] = Identifier(fmt::format("{}/location", kSystemOwn), LocationId(i));
    resource["status"] = "active";
    resource["name"] = location.name;
    resource["managingOrganization"] = names.ToOrganization(location.organization);
    Give(sink, "Location", resource);
  }
  for (std::size_t i = 0; i < care.practitioners().size(); ++i) {
    Give(sink, "Practitioner", PractitionerResource(names, care.practitioners()[i], i));
  }
}

}  // namespace pluginlake::app::demo
