// Steps SplitMix64 and shapes its numbers.
#include "app/demo/random.h"

namespace pluginlake::app::demo {
namespace {

constexpr std::uint64_t kGolden = 0x9E3779B97F4A7C15ULL;

std::uint64_t Mix(std::uint64_t value) {
  value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9ULL;
  value = (value ^ (value >> 27)) * 0x94D049BB133111EBULL;
  return value ^ (value >> 31);
}

}  // namespace

Random::Random(std::uint64_t seed, std::uint64_t stream) : state_(Mix(seed + kGolden) ^ Mix((stream + 1) * kGolden)) {}

std::uint64_t Random::Next() {
  state_ += kGolden;
  return Mix(state_);
}

std::size_t Random::Below(std::size_t bound) { return static_cast<std::size_t>((Next() >> 32) * bound >> 32); }

std::int64_t Random::Between(std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(Below(static_cast<std::size_t>(high - low + 1)));
}

bool Random::Chance(std::int64_t count, std::int64_t total) {
  return static_cast<std::int64_t>(Below(static_cast<std::size_t>(total))) < count;
}

double Random::Normal() {
  double sum = 0;
  for (int i = 0; i < 12; ++i) {
    sum += static_cast<double>(Next() >> 40) / static_cast<double>(1 << 24);
  }
  return sum - 6;
}

}  // namespace pluginlake::app::demo
