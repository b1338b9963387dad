// Weighs problems.
#include "pluginlake/omop/problem.h"

#include <algorithm>

namespace pluginlake::omop {

bool HasErrors(const std::vector<Problem>& problems) {
  return std::ranges::any_of(problems, [](const Problem& problem) { return problem.severity == Severity::kError; });
}

}  // namespace pluginlake::omop
