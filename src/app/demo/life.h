// What happens to a synthetic person from 2016 to 2025: illnesses, visits, blood tests, drugs, operations,
// vaccinations.
#pragma once

#include <optional>
#include <vector>

#include "app/demo/calendar.h"
#include "app/demo/care.h"
#include "app/demo/catalogue.h"
#include "app/demo/person.h"
#include "app/demo/random.h"

namespace pluginlake::app::demo {

// An illness that a person has or had.
struct Finding {
  const Illness* illness = nullptr;
  Day onset = 0;
  std::optional<Day> end;  // none = still there
};

// One result of a blood test.
struct LabResult {
  const Lab* lab = nullptr;
  double value = 0;
  char comparator = '=';  // '<' and '>': outside what the laboratory reports
};

// What is measured in the room. 0 = not measured.
struct Vitals {
  int systolic = 0, diastolic = 0;  // mm[Hg]
  int heart_rate = 0;               // /min
  double weight = 0;                // kg
  double height = 0;                // cm
  double temperature = 0;           // Cel
};

struct Prescription {
  const Drug* drug = nullptr;
  const Illness* illness = nullptr;
  int days = 0;  // how long it is for
};

// One encounter and all that came of it.
struct Visit {
  std::string kind;  // AMB, EMER, IMP
  Moment start = 0, end = 0;
  Place place;
  const Illness* reason = nullptr;  // null = a check-up
  std::vector<Finding> findings;    // first recorded here
  Vitals vitals;
  std::vector<LabResult> results;
  std::vector<Prescription> prescriptions;
  std::vector<const Procedure*> procedures;
};

struct Vaccination {
  const Vaccine* vaccine = nullptr;
  Day day = 0;
};

// A life as the records tell it. Visits are in order of time and end before the day of death.
struct Life {
  std::optional<Day> death;
  std::vector<Visit> visits;
  std::vector<Vaccination> vaccinations;
};

// Lives a person's years out of the next numbers of `random`.
Life LiveLife(const Person& person, const Catalogue& catalogue, const Care& care, Random& random);

}  // namespace pluginlake::app::demo
