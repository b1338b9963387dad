// What can be measured of a person: values that stay theirs over the years and follow their illnesses.
#pragma once

#include <cstdint>
#include <vector>

#include "app/demo/life.h"

namespace pluginlake::app::demo {

// The constants of one person's body; results of one visit vary around them.
class Body {
 public:
  Body(const Person& person, Random& random);

  // Returns a result of `lab` on a day, given the findings up to then.
  LabResult Measure(const Lab& lab, Day day, const std::vector<Finding>& findings, Random& random) const;
  // Returns what is measured in the room: adults mostly blood pressure, children weight and height.
  Vitals Examine(Day day, const std::vector<Finding>& findings, Random& random) const;

 private:
  Day birth_;
  bool female_;
  std::uint64_t seed_;
  double adult_height_;
  double adult_weight_;
  double pressure_;
};

}  // namespace pluginlake::app::demo
