// Spells ids, uuids and references.
#include "app/demo/naming.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/demo/random.h"

namespace pluginlake::app::demo {
namespace {

// Returns a uuid that belongs to `id` for ever (version 4 in form).
std::string UuidOf(const std::string& id) {
  std::uint64_t number = 1469598103934665603ULL;
  for (const char c : id) {
    number = (number ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  Random random(number, 4);
  const std::uint64_t a = random.Next();
  const std::uint64_t b = random.Next();
  return fmt::format("{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}", a >> 32, a >> 16 & 0xFFFF, a & 0xFFF,
                     (b >> 48 & 0x3FFF) | 0x8000, b & 0xFFFF'FFFF'FFFF);
}

}  // namespace

Json Names::Begin(std::string_view type, const std::string& id, Moment last_updated) const {
  Json resource = {{"resourceType", type}};
  if (naming_ == Naming::kIds) {
    resource["id"] = id;
  }
  resource["meta"] = {{"versionId", "1"}, {"lastUpdated", InstantText(last_updated)}};
  return resource;
}

std::string Names::FullUrl(const std::string& id) const {
  return naming_ == Naming::kBundle ? "urn:uuid:" + UuidOf(id) : std::string();
}

Json Names::Reference(std::string_view type, const std::string& id) const {
  return {{"reference", naming_ == Naming::kBundle ? FullUrl(id) : fmt::format("{}/{}", type, id)}};
}

Json Names::ToOrganization(std::size_t index) const {
  if (naming_ == Naming::kIds) {
    return {{"reference", "Organization/" + OrganizationId(index)}, {"display", care_.organizations()[index].name}};
  }
  return {{"reference", fmt::format("Organization?identifier={}|{}", kSystemAgb, Care::AgbOf(index))}};
}

Json Names::ToPractitioner(std::size_t index) const {
  if (naming_ == Naming::kIds) {
    return {{"reference", "Practitioner/" + PractitionerId(index)}};
  }
  return {{"reference", fmt::format("Practitioner?identifier={}|{}", kSystemAgb, care_.practitioners()[index].agb)}};
}

Json Names::ToLocation(std::size_t index) const {
  if (naming_ == Naming::kIds) {
    return {{"reference", "Location/" + LocationId(index)}, {"display", care_.locations()[index].name}};
  }
  return {{"reference", fmt::format("Location?identifier={}/location|{}", kSystemOwn, LocationId(index))}};
}

std::string PatientId(std::size_t index) { return fmt::format("pat-{:05}", index + 1); }
std::string OrganizationId(std::size_t index) { return fmt::format("org-{:02}", index + 1); }
std::string PractitionerId(std::size_t index) { return fmt::format("prac-{:03}", index + 1); }
std::string LocationId(std::size_t index) { return fmt::format("loc-{:02}", index + 1); }

Json Concept(std::string_view system, const std::string& code, const std::string& display) {
  return {{"coding", Json::array({{{"system", system}, {"code", code}, {"display", display}}})}, {"text", display}};
}

}  // namespace pluginlake::app::demo
