// Writes a person's Patient, Encounters and what came of them.
#include "app/demo/resources.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/demo/naming.h"
#include "app/demo/observations.h"

namespace pluginlake::app::demo {
namespace {

constexpr std::string_view kIcd10 = "http://hl7.org/fhir/sid/icd-10";
constexpr std::string_view kSnomed = "http://snomed.info/sct";
constexpr std::string_view kAtc = "http://www.whocc.no/atc";
constexpr std::string_view kActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
constexpr std::string_view kOwnPrefix = "http://hl7.org/fhir/StructureDefinition/humanname-own-prefix";

class Writer {
 public:
  Writer(const Person& person, const Life& life, const Care& care, Naming naming, const ResourceSink& sink)
      : person_(person), life_(life), names_(care, naming), sink_(sink), patient_id_(PatientId(person.index)) {}

  void Write() {
    WritePatient();
    for (const Visit& visit : life_.visits) {
      ++visit_number_;
      WriteVisit(visit);
    }
    for (const Vaccination& vaccination : life_.vaccinations) {
      WriteVaccination(vaccination);
    }
  }

 private:
  Json Subject() const { return names_.Reference("Patient", patient_id_); }
  std::string EncounterId() const { return fmt::format("enc-{:05}-{:04}", person_.index + 1, visit_number_); }
  Json Encounter() const { return names_.Reference("Encounter", EncounterId()); }

  void Give(std::string_view type, const std::string& id, const Json& resource) const {
    sink_({.type = type, .full_url = names_.FullUrl(id), .json = resource.dump()});
  }

  // Returns the next id of a kind of resource: "con-00012-003".
  std::string NextId(std::string_view kind, int& number) const {
    ++number;
    return fmt::format("{}-{:05}-{:04}", kind, person_.index + 1, number);
  }

  void WritePatient();
  void WriteVisit(const Visit& visit);
  void WriteEncounter(const Visit& visit) const;
  void WriteFinding(const Visit& visit, const Finding& finding);
  void WritePrescription(const Visit& visit, const Prescription& prescription);
  void WriteProcedure(const Visit& visit, const Procedure& procedure);
  void WriteVaccination(const Vaccination& vaccination);

  const Person& person_;
  const Life& life_;
  Names names_;
  const ResourceSink& sink_;
  std::string patient_id_;
  int visit_number_ = 0, findings_ = 0, observations_ = 0, prescriptions_ = 0, procedures_ = 0, vaccinations_ = 0;
};

Json NameOf(const Person& person) {
  const Surname& surname = person.surname;
  Json name = {{"use", "official"}};
  name["family"] = surname.prefix.empty() ? surname.family : fmt::format("{} {}", surname.prefix, surname.family);
  if (!surname.prefix.empty()) {
    name["_family"] = {{"extension", Json::array({{{"url", kOwnPrefix}, {"valueString", surname.prefix}}})}};
  }
  name["given"] = person.given;
  return name;
}

Json AddressOf(const Address& address) {
  return {{"use", "home"},
          {"line", Json::array({fmt::format("{} {}", address.street, address.number)})},
          {"city", address.city},
          {"postalCode", address.postcode},
          {"country", "NL"}};
}

void Writer::WritePatient() {
  const Moment last = life_.visits.empty() ? DayOf(kFirstYear, 1, 4) * kSecondsPerDay : life_.visits.back().end;
  Json patient =
      names_.Begin("Patient", patient_id_, life_.death ? *life_.death * kSecondsPerDay + 30 * kHour : last + kHour);
  patient["identifier"] = Json::array({{{"system", kSystemBsn}, {"value", person_.bsn}}});
  patient["active"] = !life_.death;
  patient["name"] = Json::array({NameOf(person_)});
  patient["telecom"] = Json::array({{{"system", "phone"}, {"value", person_.phone}, {"use", "mobile"}}});
  patient["gender"] = person_.sex == "f" ? "female" : "male";
  patient["birthDate"] = DateText(person_.birth);
  if (life_.death) {
    patient["deceasedDateTime"] = DateText(*life_.death);
  }
  patient["address"] = Json::array({AddressOf(person_.address)});
  patient["managingOrganization"] = names_.ToOrganization(person_.practice);
  Give("Patient", patient_id_, patient);
}

void Writer::WriteVisit(const Visit& visit) {
  WriteEncounter(visit);
  for (const Finding& finding : visit.findings) {
    WriteFinding(visit, finding);
  }
  for (Json& observation : ObservationsOf(visit)) {
    const std::string id = NextId("obs", observations_);
    Json resource = names_.Begin("Observation", id, visit.end + 2 * kHour);
    resource.update(observation);
    resource["subject"] = Subject();
    resource["encounter"] = Encounter();
    resource["performer"] = Json::array({names_.ToPractitioner(visit.place.practitioner)});
    Give("Observation", id, resource);
  }
  for (const Prescription& prescription : visit.prescriptions) {
    WritePrescription(visit, prescription);
  }
  for (const Procedure* procedure : visit.procedures) {
    WriteProcedure(visit, *procedure);
  }
}

void Writer::WriteEncounter(const Visit& visit) const {
  const char* display = visit.kind == "IMP" ? "opname" : visit.kind == "EMER" ? "spoedeisende hulp" : "consult";
  Json encounter = names_.Begin("Encounter", EncounterId(), visit.end + kHour);
  encounter["status"] = "finished";
  encounter["class"] = {{"system", kActCode}, {"code", visit.kind}, {"display", display}};
  encounter["subject"] = Subject();
  encounter["participant"] = Json::array({{{"individual", names_.ToPractitioner(visit.place.practitioner)}}});
  encounter["period"] = {{"start", LocalText(visit.start)}, {"end", LocalText(visit.end)}};
  if (visit.reason != nullptr && !visit.reason->snomed.empty()) {
    encounter["reasonCode"] = Json::array({Concept(kSnomed, visit.reason->snomed, visit.reason->display)});
  }
  if (visit.place.location != kNowhere) {
    encounter["location"] = Json::array({{{"location", names_.ToLocation(visit.place.location)}}});
  }
  encounter["serviceProvider"] = names_.ToOrganization(visit.place.organization);
  Give("Encounter", EncounterId(), encounter);
}

void Writer::WriteFinding(const Visit& visit, const Finding& finding) {
  const Illness& illness = *finding.illness;
  const bool over = finding.end.has_value() && *finding.end < DayOf(kLastYear, 12, 31);
  const std::string id = NextId("con", findings_);
  Json condition = names_.Begin("Condition", id, visit.end + kHour);
  condition["clinicalStatus"] = {
      {"coding", Json::array({{{"system", "http://terminology.hl7.org/CodeSystem/condition-clinical"},
                               {"code", over ? "resolved" : "active"}}})}};
  if (illness.icd10.empty()) {
    condition["code"] = Concept(fmt::format("{}/klacht", kSystemOwn), illness.name, illness.display);
  } else {
    condition["code"] = Concept(kIcd10, illness.icd10, illness.display);
    condition["code"]["coding"].push_back(
        {{"system", kSnomed}, {"code", illness.snomed}, {"display", illness.display}});
  }
  condition["subject"] = Subject();
  condition["encounter"] = Encounter();
  condition["onsetDateTime"] = DateText(finding.onset);
  if (over) {
    condition["abatementDateTime"] = DateText(*finding.end);
  }
  condition["recordedDate"] = DateText(static_cast<Day>(visit.start / kSecondsPerDay));
  condition["asserter"] = names_.ToPractitioner(visit.place.practitioner);
  Give("Condition", id, condition);
}

void Writer::WritePrescription(const Visit& visit, const Prescription& prescription) {
  const auto day = static_cast<Day>(visit.start / kSecondsPerDay);
  const std::string id = NextId("med", prescriptions_);
  Json request = names_.Begin("MedicationRequest", id, visit.end + kHour);
  request["status"] = "completed";
  request["intent"] = "order";
  request["medicationCodeableConcept"] = Concept(kAtc, prescription.drug->atc, prescription.drug->display);
  request["subject"] = Subject();
  request["encounter"] = Encounter();
  request["authoredOn"] = LocalText(visit.start);
  request["requester"] = names_.ToPractitioner(visit.place.practitioner);
  request["dosageInstruction"] = Json::array({{{"text", prescription.drug->dose}}});
  request["dispenseRequest"] = {
      {"validityPeriod", {{"start", DateText(day)}, {"end", DateText(day + prescription.days)}}},
      {"expectedSupplyDuration",
       {{"value", prescription.days}, {"unit", "dag"}, {"system", "http://unitsofmeasure.org"}, {"code", "d"}}}};
  Give("MedicationRequest", id, request);
}

void Writer::WriteProcedure(const Visit& visit, const Procedure& procedure) {
  const std::string id = NextId("pro", procedures_);
  Json resource = names_.Begin("Procedure", id, visit.end + kHour);
  resource["status"] = "completed";
  resource["code"] = Concept(kSnomed, procedure.snomed, procedure.display);
  resource["subject"] = Subject();
  resource["encounter"] = Encounter();
  resource["performedPeriod"] = {{"start", LocalText(visit.start)}, {"end", LocalText(visit.start + 45 * kMinute)}};
  resource["performer"] = Json::array({{{"actor", names_.ToPractitioner(visit.place.practitioner)}}});
  Give("Procedure", id, resource);
}

void Writer::WriteVaccination(const Vaccination& vaccination) {
  const Moment at = vaccination.day * kSecondsPerDay + 10 * kHour;
  const std::string id = NextId("imm", vaccinations_);
  Json immunization = names_.Begin("Immunization", id, at + kHour);
  immunization["status"] = "completed";
  immunization["vaccineCode"] = Concept(kAtc, vaccination.vaccine->atc, vaccination.vaccine->display);
  immunization["patient"] = Subject();
  immunization["occurrenceDateTime"] = DateText(vaccination.day);
  immunization["performer"] = Json::array({{{"actor", names_.ToOrganization(person_.practice)}}});
  Give("Immunization", id, immunization);
}

}  // namespace

void MakePersonsResources(const Person& person, const Life& life, const Care& care, Naming naming,
                          const ResourceSink& sink) {
  Writer(person, life, care, naming, sink).Write();
}

}  // namespace pluginlake::app::demo
