// Shapes vitals and blood tests.
#include "app/demo/observations.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/demo/calendar.h"
#include "app/demo/naming.h"

namespace pluginlake::app::demo {
namespace {

constexpr std::string_view kLoinc = "http://loinc.org";
constexpr std::string_view kUcum = "http://unitsofmeasure.org";
constexpr std::string_view kCategory = "http://terminology.hl7.org/CodeSystem/observation-category";

Json Quantity(double value, const std::string& unit) {
  Json quantity = {{"value", value}};
  if (value == static_cast<double>(static_cast<std::int64_t>(value))) {
    quantity["value"] = static_cast<std::int64_t>(value);
  }
  quantity["unit"] = unit;
  quantity["system"] = kUcum;
  quantity["code"] = unit;
  return quantity;
}

Json Observation(const Visit& visit, const char* category, Json code) {
  Json observation = {{"status", "final"}};
  observation["category"] = Json::array({{{"coding", Json::array({{{"system", kCategory}, {"code", category}}})}}});
  observation["code"] = std::move(code);
  observation["effectiveDateTime"] = LocalText(visit.start + 5 * kMinute);
  return observation;
}

void AddVital(std::vector<Json>& out, const Visit& visit, Json code, const Json& quantity) {
  out.push_back(Observation(visit, "vital-signs", std::move(code)));
  out.back()["valueQuantity"] = quantity;
}

void AddBloodPressure(std::vector<Json>& out, const Visit& visit) {
  Json pressure = Observation(visit, "vital-signs", Concept(kLoinc, "85354-9", "Bloeddruk"));
  pressure["component"] = Json::array(
      {{{"code", Concept(kLoinc, "8480-6", "Bovendruk")}, {"valueQuantity", Quantity(visit.vitals.systolic, "mm[Hg]")}},
       {{"code", Concept(kLoinc, "8462-4", "Onderdruk")},
        {"valueQuantity", Quantity(visit.vitals.diastolic, "mm[Hg]")}}});
  out.push_back(std::move(pressure));
}

Json LabObservation(const Visit& visit, const LabResult& result) {
  const Lab& lab = *result.lab;
  const bool own = lab.loinc.starts_with("LOK");
  Json observation =
      Observation(visit, "laboratory",
                  Concept(own ? fmt::format("{}/lab", kSystemOwn) : std::string(kLoinc), lab.loinc, lab.display));
  Json quantity = Quantity(result.value, lab.unit);
  if (result.comparator != '=') {
    quantity["comparator"] = std::string(1, result.comparator);
  }
  observation["valueQuantity"] = std::move(quantity);
  Json range = Json::object();
  if (lab.low > 0) range["low"] = Quantity(lab.low, lab.unit);
  if (lab.high > 0) range["high"] = Quantity(lab.high, lab.unit);
  if (!range.empty()) {
    observation["referenceRange"] = Json::array({range});
  }
  const char* flag = lab.low > 0 && result.value < lab.low ? "L" : lab.high > 0 && result.value > lab.high ? "H" : "N";
  observation["interpretation"] = Json::array(
      {{{"coding", Json::array({{{"system", "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation"},
                                 {"code", flag}}})}}});
  return observation;
}

}  // namespace

std::vector<nlohmann::ordered_json> ObservationsOf(const Visit& visit) {
  std::vector<Json> out;
  const Vitals& vitals = visit.vitals;
  if (vitals.systolic > 0) {
    AddBloodPressure(out, visit);
    AddVital(out, visit, Concept(kLoinc, "8867-4", "Hartslag"), Quantity(vitals.heart_rate, "/min"));
  }
  if (vitals.weight > 0) {
    AddVital(out, visit, Concept(kLoinc, "29463-7", "Lichaamsgewicht"), Quantity(vitals.weight, "kg"));
  }
  if (vitals.height > 0) {
    AddVital(out, visit, Concept(kLoinc, "8302-2", "Lichaamslengte"), Quantity(vitals.height, "cm"));
  }
  if (vitals.temperature > 0) {
    AddVital(out, visit, Concept(kLoinc, "8310-5", "Lichaamstemperatuur"), Quantity(vitals.temperature, "Cel"));
  }
  for (const LabResult& result : visit.results) {
    out.push_back(LabObservation(visit, result));
  }
  return out;
}

}  // namespace pluginlake::app::demo
