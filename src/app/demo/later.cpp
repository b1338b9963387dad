// Makes the later deliveries out of resources that were kept.
#include "app/demo/later.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <span>

#include "app/demo/naming.h"
#include "app/demo/resources.h"

namespace pluginlake::app::demo {
namespace {

constexpr std::size_t kKeptMax = 12;
constexpr std::size_t kOlderMax = 3;
constexpr std::size_t kMovedMax = 2;

std::span<const std::string> FirstOf(const std::vector<std::string>& kept, std::size_t count) {
  return std::span(kept).first(std::min(count, kept.size()));
}

// The laboratory's first answer, which arrives after the final one.
std::string OlderVersion(const std::string& final_version) {
  Json observation = Json::parse(final_version);
  observation["meta"] = {{"versionId", "0"}, {"lastUpdated", "2015-12-31T12:00:00.000Z"}};
  observation["status"] = "preliminary";
  return observation.dump();
}

std::string MovedHouse(const std::string& before) {
  Json patient = Json::parse(before);
  patient["meta"] = {{"versionId", "2"}, {"lastUpdated", "2026-01-05T08:30:00.000Z"}};
  patient["address"][0]["line"] = Json::array({"Nieuwe Hofje 3"});
  return patient.dump();
}

// An Immunization by a giver whom nobody has announced: its reference waits until the giver arrives.
std::string UnknownGiver() {
  Json immunization = {{"resourceType", "Immunization"}, {"id", "imm-elders-0001"}, {"status", "completed"}};
  immunization["meta"] = {{"versionId", "1"}, {"lastUpdated", "2025-11-03T10:00:00.000Z"}};
  immunization["vaccineCode"] = Concept("http://www.whocc.no/atc", "J07BB02", "Griepprik");
  immunization["patient"] = {{"reference", "Patient/" + PatientId(0)}};
  immunization["occurrenceDateTime"] = "2025-11-03";
  const std::string giver = fmt::format("Organization?identifier={}|99009999", kSystemAgb);
  immunization["performer"] = Json::array({{{"actor", {{"reference", giver}}}}});
  return immunization.dump();
}

}  // namespace

void Later::See(std::string_view type, const std::string& json) {
  std::vector<std::string>* kept = type == "Patient"       ? &patients_
                                   : type == "Condition"   ? &conditions_
                                   : type == "Observation" ? &observations_
                                                           : nullptr;
  if (kept != nullptr && kept->size() < kKeptMax) {
    kept->push_back(json);
  }
}

void Later::WriteResent(InboxFile& file, ExpectedCounts& expected) const {
  for (const std::string& condition : FirstOf(conditions_, kKeptMax - 1)) {
    file.Line(condition);
    ++expected.unchanged;
  }
  for (const std::string& observation : FirstOf(observations_, kOlderMax)) {
    file.Line(OlderVersion(observation));
    ++expected.superseded;
  }
  for (const std::string& patient : FirstOf(patients_, kMovedMax)) {
    file.Line(MovedHouse(patient));
    ++expected.stored;
  }
  file.Line(UnknownGiver());
  ++expected.stored;
}

std::vector<std::string> Later::BundleEntries(ExpectedCounts& expected, std::vector<std::string>& reason_codes) const {
  std::vector<std::string> entries;
  if (!patients_.empty()) {
    const std::string id = Json::parse(patients_.back())["id"];
    entries.push_back(fmt::format(R"({{"fullUrl":"https://demo.pluginlake.example/fhir/Patient/{0}","resource":{1},)"
                                  R"("request":{{"method":"PUT","url":"Patient/{0}"}}}})",
                                  id, patients_.back()));
    ++expected.unchanged;
  }
  if (conditions_.size() == kKeptMax) {
    const std::string id = Json::parse(conditions_.back())["id"];
    entries.push_back(fmt::format(R"({{"request":{{"method":"DELETE","url":"Condition/{}"}}}})", id));
    ++expected.deleted;
  }
  entries.push_back(R"({"request":{"method":"GET","url":"Patient?name=Jansen"}})");
  reason_codes.push_back("unsupported_method");
  entries.push_back(
      R"({"fullUrl":"urn:uuid:00000000-0000-4000-8000-000000000000","request":{"method":"POST","url":"Observation"}})");
  reason_codes.push_back("no_resource");
  return entries;
}

}  // namespace pluginlake::app::demo
