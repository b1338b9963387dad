// Measures a person.
#include "app/demo/body.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace pluginlake::app::demo {
namespace {

constexpr int kAdultAge = 18;

bool Has(const std::vector<Finding>& findings, std::string_view illness, Day day) {
  return std::any_of(findings.begin(), findings.end(), [&](const Finding& finding) {
    return finding.illness->name == illness && finding.onset <= day && (!finding.end || *finding.end >= day);
  });
}

double Rounded(double value, int decimals) {
  double factor = 1;
  for (int i = 0; i < decimals; ++i) {
    factor *= 10;
  }
  return std::round(value * factor) / factor;
}

// A number of a text that is the same with every library.
std::uint64_t NumberOf(const std::string& text) {
  std::uint64_t number = 1469598103934665603ULL;
  for (const char c : text) {
    number = (number ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  }
  return number;
}

}  // namespace

Body::Body(const Person& person, Random& random)
    : birth_(person.birth), female_(person.sex == "f"), seed_(random.Next()) {
  adult_height_ = (female_ ? 168.5 : 181.5) + 6.5 * random.Normal();
  const double mass_index = std::clamp(25.4 + 3.6 * random.Normal(), 18.0, 42.0);
  adult_weight_ = mass_index * adult_height_ * adult_height_ / 10'000;
  pressure_ = 122 + 9 * random.Normal();
}

LabResult Body::Measure(const Lab& lab, Day day, const std::vector<Finding>& findings, Random& random) const {
  Random own(seed_, NumberOf(lab.loinc));
  double value = lab.mean + lab.person_sd * own.Normal() + lab.visit_sd * random.Normal();
  if (!lab.shifted_by.empty() && Has(findings, lab.shifted_by, day)) {
    value += lab.shift;
  }
  const double least = lab.decimals == 0 ? 1 : 0.1;
  LabResult result{.lab = &lab, .value = Rounded(std::max(value, least), lab.decimals)};
  if (lab.below > 0 && value < lab.below) {
    result.value = lab.below;
    result.comparator = '<';
  } else if (lab.above > 0 && value > lab.above) {
    result.value = lab.above;
    result.comparator = '>';
  }
  return result;
}

Vitals Body::Examine(Day day, const std::vector<Finding>& findings, Random& random) const {
  const int age = AgeOn(birth_, day);
  Vitals vitals;
  if (age < kAdultAge) {
    const double grown = static_cast<double>(age) / kAdultAge;
    vitals.height = Rounded(52 + (adult_height_ - 52) * std::min(1.0, grown * (1.35 - 0.35 * grown)), 0);
    vitals.weight = Rounded(3.6 + (adult_weight_ * 0.86 - 3.6) * grown * (0.72 + 0.28 * grown), 1);
    vitals.temperature = Rounded(37.4 + 0.5 * random.Normal(), 1);
    return vitals;
  }
  if (random.Chance(60, 100)) {
    const double raised = (Has(findings, "hypertension", day) ? 17 : 0) + std::max(0, age - 45) * 0.35;
    vitals.systolic = static_cast<int>(std::clamp(pressure_ + raised + 7 * random.Normal(), 88.0, 218.0));
    vitals.diastolic = static_cast<int>(std::clamp(0.52 * vitals.systolic + 12 + 4 * random.Normal(), 48.0, 124.0));
    const double rate = (Has(findings, "fibrillation", day) ? 92 : 72) + 8 * random.Normal();
    vitals.heart_rate = static_cast<int>(std::clamp(rate, 44.0, 160.0));
  }
  if (random.Chance(25, 100)) {
    vitals.weight = Rounded(adult_weight_ + 1.4 * random.Normal(), 1);
    vitals.height = Rounded(adult_height_, 0);
  }
  return vitals;
}

}  // namespace pluginlake::app::demo
