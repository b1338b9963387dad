// What the demo's hospital knows: names, places, illnesses, drugs, tests, read from the embedded lists.
#pragma once

#include <string>
#include <vector>

namespace pluginlake::app::demo {

struct Surname {
  std::string prefix;  // "van der"; may be empty
  std::string family;
};

struct City {
  std::string name;
  int postcode_from = 0;
  int postcode_to = 0;
};

struct Organization {
  std::string kind;  // hospital, gp, lab
  std::string name;
  std::string city;
};

struct LocationKind {
  std::string organization_kind;
  std::string visit;  // AMB, EMER, IMP
  std::string name;
};

struct Drug {
  std::string atc;
  std::string display;
  std::string dose;
};

struct Procedure {
  std::string snomed;
  std::string display;
};

struct Vaccine {
  std::string atc;
  std::string display;
  int age_from = 0;
  int age_to = 0;
  int year_from = 0;
  int year_to = 0;
  int month = 1;
  int share = 0;  // of 1,000 people
};

// One blood test. Values lie around mean + person_sd; an illness shifts them; outside below..above they are reported
// as "<" or ">".
struct Lab {
  std::string panel;
  std::string loinc;  // "LOK-…" = the laboratory's own code
  std::string display;
  std::string unit;  // UCUM
  int decimals = 0;
  double mean = 0, person_sd = 0, visit_sd = 0;
  double low = 0, high = 0;  // reference range; 0 = no limit
  std::string shifted_by;    // an Illness::name
  double shift = 0;
  double below = 0, above = 0;  // 0 = no limit
};

struct Illness {
  std::string name;
  std::string icd10;  // empty = the practice's own code only
  std::string snomed;
  std::string display;
  bool chronic = false;
  std::string sex;  // "f", "m", or empty for both
  int age_from = 0;
  int age_to = 0;
  int per_10000_years = 0;
  std::string visit;  // where it is found: AMB, EMER, IMP
  int days = 0;       // how long an acute illness or a stay lasts
  int controls = 0;   // visits a year for a chronic one
  std::vector<const Lab*> labs;
  const Drug* drug = nullptr;            // null = none
  const Procedure* procedure = nullptr;  // null = none
};

// All lists. Immovable: illnesses point at the drugs, tests and procedures beside them.
class Catalogue {
 public:
  Catalogue();
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  std::vector<std::string> female_names, male_names, streets;
  std::vector<Surname> surnames;
  std::vector<City> cities;
  std::vector<Organization> organizations;
  std::vector<LocationKind> locations;
  std::vector<Drug> drugs;
  std::vector<Procedure> procedures;
  std::vector<Vaccine> vaccines;
  std::vector<Lab> labs;
  std::vector<Illness> illnesses;

 private:
  void ReadNamesAndPlaces();
  void ReadTreatments();
  void ReadLabs();
  void ReadIllnesses();
};

}  // namespace pluginlake::app::demo
