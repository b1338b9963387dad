// Rolls the dice of every year of a person's life.
#include "app/demo/life.h"

#include <algorithm>
#include <array>
#include <utility>

#include "app/demo/body.h"

namespace pluginlake::app::demo {
namespace {

constexpr int kRepeatDays = 90;  // what a repeat prescription is for

struct DeathRate {
  int age_to;
  int per_10000_years;
};
constexpr std::array kDeathRates = {DeathRate{49, 6}, DeathRate{64, 40}, DeathRate{74, 130}, DeathRate{84, 420},
                                    DeathRate{200, 1300}};

class Biography {
 public:
  Biography(const Person& person, const Catalogue& catalogue, const Care& care, Random& random)
      : person_(person), catalogue_(catalogue), care_(care), random_(random), body_(person, random) {}

  Life Live() {
    RememberOlderIllnesses();
    for (int year = kFirstYear; year <= kLastYear && !life_.death; ++year) {
      if (year < YearOf(person_.birth)) continue;
      DecideDeath(year);
      FallIll(year);
      SeeDoctorForKnown(year);
      CheckUp(year);
      Vaccinate(year);
    }
    Finish();
    return std::move(life_);
  }

 private:
  bool MayHave(const Illness& illness, int age) const {
    return age >= illness.age_from && age <= illness.age_to && (illness.sex.empty() || illness.sex == person_.sex);
  }

  bool Has(const Illness& illness) const {
    return std::any_of(findings_.begin(), findings_.end(), [&](const Finding& f) { return f.illness == &illness; });
  }

  // Returns a working day of `year`; in the year of birth a day after it.
  Day DrawDay(int year) {
    Day day = DayOf(year, 1, 1) + static_cast<Day>(random_.Below(365));
    if (day < person_.birth) {
      day = person_.birth + static_cast<Day>(random_.Below(60));
    }
    const int weekday = (day + 3) % 7;  // 0 = Monday; days before 1970 do not occur here
    if (weekday < 5) {
      return day;
    }
    return day - 3 < std::max(DayOf(year, 1, 1), person_.birth) ? day + 3 : day - 3;
  }

  void RememberOlderIllnesses() {
    const int birth_year = YearOf(person_.birth);
    for (const Illness& illness : catalogue_.illnesses) {
      for (int year = birth_year + illness.age_from; illness.chronic && year < kFirstYear; ++year) {
        if (MayHave(illness, year - birth_year) && random_.Chance(illness.per_10000_years, 10'000)) {
          findings_.push_back({.illness = &illness, .onset = DayOf(year, 1, 1) + static_cast<Day>(random_.Below(365))});
          unrecorded_.push_back(findings_.back());
          break;
        }
      }
    }
  }

  void DecideDeath(int year) {
    const int age = year - YearOf(person_.birth);
    for (const DeathRate& rate : kDeathRates) {
      if (age <= rate.age_to) {
        if (random_.Chance(rate.per_10000_years, 10'000)) life_.death = DrawDay(year) + 1;
        return;
      }
    }
  }

  void FallIll(int year) {
    const int age = year - YearOf(person_.birth);
    for (const Illness& illness : catalogue_.illnesses) {
      const bool known = illness.chronic && Has(illness);
      if (known || !MayHave(illness, age) || !random_.Chance(illness.per_10000_years, 10'000)) continue;
      if (illness.name == "covid" && year < 2020) continue;
      Finding finding{.illness = &illness, .onset = DrawDay(year)};
      if (!illness.chronic) {
        finding.end = finding.onset + std::max(illness.days, 3) + static_cast<Day>(random_.Below(6));
      }
      findings_.push_back(finding);
      Visit visit = OpenVisit(illness.visit, finding.onset, &illness);
      visit.findings.push_back(finding);
      Test(visit, illness);
      if (illness.procedure != nullptr) visit.procedures.push_back(illness.procedure);
      if (illness.drug != nullptr) {
        visit.prescriptions.push_back(
            {illness.drug, &illness, illness.chronic ? kRepeatDays : std::max(illness.days, 5)});
      }
      life_.visits.push_back(std::move(visit));
    }
  }

  void SeeDoctorForKnown(int year) {
    const std::vector<Finding> known = findings_;
    for (const Finding& finding : known) {
      const Illness& illness = *finding.illness;
      for (int n = 0; illness.chronic && n < illness.controls && YearOf(finding.onset) < year; ++n) {
        if (!random_.Chance(85, 100)) continue;
        Visit visit = OpenVisit("AMB", DrawDay(year), &illness);
        if (n % 2 == 0) Test(visit, illness);
        if (illness.drug != nullptr) visit.prescriptions.push_back({illness.drug, &illness, kRepeatDays});
        life_.visits.push_back(std::move(visit));
      }
    }
  }

  void CheckUp(int year) {
    const auto visits = static_cast<int>(random_.Below(3));
    for (int n = 0; n < visits; ++n) {
      life_.visits.push_back(OpenVisit("AMB", DrawDay(year), nullptr));
    }
  }

  void Vaccinate(int year) {
    const int age = year - YearOf(person_.birth);
    for (const Vaccine& vaccine : catalogue_.vaccines) {
      const bool due =
          year >= vaccine.year_from && year <= vaccine.year_to && age >= vaccine.age_from && age <= vaccine.age_to;
      if (!due || !random_.Chance(vaccine.share, 1000)) continue;
      const Day day = DayOf(year, vaccine.month, static_cast<int>(random_.Between(2, 26)));
      life_.vaccinations.push_back({&vaccine, std::max(day, person_.birth + 56)});
    }
  }

  Visit OpenVisit(const std::string& kind, Day day, const Illness* reason) {
    Visit visit{.kind = kind};
    visit.reason = reason;
    const bool at_practice = kind == "AMB" && (reason == nullptr || reason->visit == "AMB");
    visit.place = care_.PlaceFor(at_practice ? person_.practice : person_.hospital, kind, random_.Below(1000));
    const Moment hour = kind == "AMB" ? random_.Between(8, 16) : random_.Between(0, 22);
    visit.start = day * kSecondsPerDay + hour * kHour + random_.Between(0, 11) * 5 * kMinute;
    if (kind == "IMP" && reason != nullptr) {
      visit.end = visit.start + std::max(1, reason->days) * kSecondsPerDay + random_.Between(-4, 6) * kHour;
    } else {
      visit.end =
          visit.start + (kind == "AMB" ? random_.Between(2, 6) * 5 * kMinute : random_.Between(60, 400) * kMinute);
    }
    visit.vitals = body_.Examine(day, findings_, random_);
    return visit;
  }

  void Test(Visit& visit, const Illness& illness) {
    const auto day = static_cast<Day>(visit.start / kSecondsPerDay);
    for (const Lab* lab : illness.labs) {
      visit.results.push_back(body_.Measure(*lab, day, findings_, random_));
    }
    const Lab& own = catalogue_.labs.back();
    if (own.panel == "own" && illness.icd10.empty()) {
      visit.results.push_back(body_.Measure(own, day, findings_, random_));
    }
  }

  // Sorts, records older illnesses at the first visit, and lets nothing happen after death.
  void Finish() {
    auto& visits = life_.visits;
    std::stable_sort(visits.begin(), visits.end(), [](const Visit& a, const Visit& b) { return a.start < b.start; });
    if (life_.death) {
      const Moment last = *life_.death * kSecondsPerDay;
      std::erase_if(visits, [&](const Visit& visit) { return visit.end >= last; });
      std::erase_if(life_.vaccinations, [&](const Vaccination& v) { return v.day >= *life_.death; });
    }
    if (!visits.empty()) {
      visits.front().findings.insert(visits.front().findings.begin(), unrecorded_.begin(), unrecorded_.end());
    }
  }

  const Person& person_;
  const Catalogue& catalogue_;
  const Care& care_;
  Random& random_;
  Body body_;
  Life life_;
  std::vector<Finding> findings_;    // all so far
  std::vector<Finding> unrecorded_;  // from before the records begin
};

}  // namespace

Life LiveLife(const Person& person, const Catalogue& catalogue, const Care& care, Random& random) {
  return Biography(person, catalogue, care, random).Live();
}

}  // namespace pluginlake::app::demo
