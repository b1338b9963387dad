// Makes the demo's numbers: a small generator of our own, so that every library and machine makes the same patients.
#pragma once

#include <cstddef>
#include <cstdint>

namespace pluginlake::app::demo {

// SplitMix64. The same seed and stream give the same numbers for ever; different streams do not touch one another.
class Random {
 public:
  Random(std::uint64_t seed, std::uint64_t stream);

  std::uint64_t Next();
  // Returns a number from 0 to bound - 1; bound must be above 0.
  std::size_t Below(std::size_t bound);
  // Returns a number from `low` to `high`, both included.
  std::int64_t Between(std::int64_t low, std::int64_t high);
  // Says yes in `count` of `total` cases.
  bool Chance(std::int64_t count, std::int64_t total);
  // Returns a number around 0 with standard deviation 1, never beyond 6: a sum of twelve, no library's logarithm.
  double Normal();

 private:
  std::uint64_t state_;
};

}  // namespace pluginlake::app::demo
