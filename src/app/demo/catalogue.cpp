// Fills the catalogue from the lists in data/.
#include "app/demo/catalogue.h"

#include "app/demo/csv_table.h"
#include "app/demo/data.h"

namespace pluginlake::app::demo {

Catalogue::Catalogue() {
  ReadNamesAndPlaces();
  ReadTreatments();
  ReadLabs();
  ReadIllnesses();
}

void Catalogue::ReadNamesAndPlaces() {
  const CsvTable first_table(data::kFirstNames);
  for (std::size_t i = 0; i < first_table.row_count(); ++i) {
    (first_table.Text(i, "sex") == "f" ? female_names : male_names).push_back(first_table.Text(i, "name"));
  }
  const CsvTable surname_table(data::kSurnames);
  for (std::size_t i = 0; i < surname_table.row_count(); ++i) {
    surnames.push_back({surname_table.Text(i, "prefix"), surname_table.Text(i, "family")});
  }
  const CsvTable city_table(data::kCities);
  for (std::size_t i = 0; i < city_table.row_count(); ++i) {
    cities.push_back({city_table.Text(i, "city"), city_table.Integer(i, "postcode_from", 0),
                      city_table.Integer(i, "postcode_to", 0)});
  }
  const CsvTable street_table(data::kStreets);
  for (std::size_t i = 0; i < street_table.row_count(); ++i) {
    streets.push_back(street_table.Text(i, "street"));
  }
  const CsvTable organization_table(data::kOrganizations);
  for (std::size_t i = 0; i < organization_table.row_count(); ++i) {
    organizations.push_back(
        {organization_table.Text(i, "kind"), organization_table.Text(i, "name"), organization_table.Text(i, "city")});
  }
  const CsvTable location_table(data::kLocations);
  for (std::size_t i = 0; i < location_table.row_count(); ++i) {
    locations.push_back(
        {location_table.Text(i, "organization_kind"), location_table.Text(i, "visit"), location_table.Text(i, "name")});
  }
}

void Catalogue::ReadTreatments() {
  const CsvTable drug_table(data::kDrugs);
  for (std::size_t i = 0; i < drug_table.row_count(); ++i) {
    drugs.push_back({drug_table.Text(i, "atc"), drug_table.Text(i, "display"), drug_table.Text(i, "dose")});
  }
  const CsvTable procedure_table(data::kProcedures);
  for (std::size_t i = 0; i < procedure_table.row_count(); ++i) {
    procedures.push_back({procedure_table.Text(i, "snomed"), procedure_table.Text(i, "display")});
  }
  const CsvTable vaccine_table(data::kVaccines);
  for (std::size_t i = 0; i < vaccine_table.row_count(); ++i) {
    Vaccine vaccine{.atc = vaccine_table.Text(i, "atc"), .display = vaccine_table.Text(i, "display")};
    vaccine.age_from = vaccine_table.Integer(i, "age_from", 0);
    vaccine.age_to = vaccine_table.Integer(i, "age_to", 0);
    vaccine.year_from = vaccine_table.Integer(i, "year_from", 0);
    vaccine.year_to = vaccine_table.Integer(i, "year_to", 0);
    vaccine.month = vaccine_table.Integer(i, "month", 1);
    vaccine.share = vaccine_table.Integer(i, "share", 0);
    vaccines.push_back(vaccine);
  }
}

void Catalogue::ReadLabs() {
  const CsvTable table(data::kLabs);
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    Lab lab;
    lab.panel = table.Text(i, "panel");
    lab.loinc = table.Text(i, "loinc");
    lab.display = table.Text(i, "display");
    lab.unit = table.Text(i, "unit");
    lab.decimals = table.Integer(i, "decimals", 0);
    lab.mean = table.Real(i, "mean", 0);
    lab.person_sd = table.Real(i, "person_sd", 0);
    lab.visit_sd = table.Real(i, "visit_sd", 0);
    lab.low = table.Real(i, "low", 0);
    lab.high = table.Real(i, "high", 0);
    lab.shifted_by = table.Text(i, "shifted_by");
    lab.shift = table.Real(i, "shift", 0);
    lab.below = table.Real(i, "below", 0);
    lab.above = table.Real(i, "above", 0);
    labs.push_back(lab);
  }
}

void Catalogue::ReadIllnesses() {
  const CsvTable table(data::kIllnesses);
  for (std::size_t i = 0; i < table.row_count(); ++i) {
    Illness illness;
    illness.name = table.Text(i, "illness");
    illness.icd10 = table.Text(i, "icd10");
    illness.snomed = table.Text(i, "snomed");
    illness.display = table.Text(i, "display");
    illness.chronic = table.Text(i, "course") == "chronic";
    illness.sex = table.Text(i, "sex");
    illness.age_from = table.Integer(i, "age_from", 0);
    illness.age_to = table.Integer(i, "age_to", 0);
    illness.per_10000_years = table.Integer(i, "per_10000_years", 0);
    illness.visit = table.Text(i, "visit");
    illness.days = table.Integer(i, "days", 0);
    illness.controls = table.Integer(i, "controls", 0);
    for (const Lab& lab : labs) {
      if (lab.panel == table.Text(i, "panel")) illness.labs.push_back(&lab);
    }
    for (const Drug& drug : drugs) {
      if (drug.atc == table.Text(i, "atc")) illness.drug = &drug;
    }
    for (const Procedure& procedure : procedures) {
      if (procedure.snomed == table.Text(i, "procedure")) illness.procedure = &procedure;
    }
    illnesses.push_back(illness);
  }
}

}  // namespace pluginlake::app::demo
