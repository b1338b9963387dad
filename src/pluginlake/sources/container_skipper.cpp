// SSE2 where there is one (every x86-64), plain loops elsewhere; escapes and parity are arithmetic on bit masks.
#include "pluginlake/sources/container_skipper.h"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include <bit>
#include <cstddef>

namespace pluginlake::sources {
namespace {

struct ByteMasks {
  std::uint64_t quote = 0;
  std::uint64_t backslash = 0;
  std::uint64_t open = 0;   // { [
  std::uint64_t close = 0;  // } ]
};

#if defined(__SSE2__)

ByteMasks ClassifyBytes(const char* p) {
  // '{' '[' and '}' ']' differ from each other in the same one bit (0x20), which no other byte pair maps here.
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i backslash = _mm_set1_epi8('\\');
  const __m128i fold = _mm_set1_epi8(0x20);
  const __m128i open = _mm_set1_epi8('{');
  const __m128i close = _mm_set1_epi8('}');
  ByteMasks masks;
  for (int part = 0; part < 4; ++part) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(p + 16 * part));
    const __m128i folded = _mm_or_si128(bytes, fold);
    const int shift = 16 * part;
    const auto bits = [shift](__m128i equal) {
      return static_cast<std::uint64_t>(static_cast<std::uint16_t>(_mm_movemask_epi8(equal))) << shift;
    };
    masks.quote |= bits(_mm_cmpeq_epi8(bytes, quote));
    masks.backslash |= bits(_mm_cmpeq_epi8(bytes, backslash));
    masks.open |= bits(_mm_cmpeq_epi8(folded, open));
    masks.close |= bits(_mm_cmpeq_epi8(folded, close));
  }
  return masks;
}

#else

ByteMasks ClassifyBytes(const char* p) {
  ByteMasks masks;
  for (int i = 0; i < 64; ++i) {
    const std::uint64_t bit = std::uint64_t{1} << i;
    masks.quote |= p[i] == '"' ? bit : 0;
    masks.backslash |= p[i] == '\\' ? bit : 0;
    masks.open |= (p[i] == '{' || p[i] == '[') ? bit : 0;
    masks.close |= (p[i] == '}' || p[i] == ']') ? bit : 0;
  }
  return masks;
}

#endif

// Returns the bytes that a backslash escapes; `carry` = the first byte is escaped, on return the one after the 64.
std::uint64_t EscapedBytes(std::uint64_t backslash, bool& carry) {
  if (backslash == 0) {
    const std::uint64_t escaped = carry ? 1 : 0;
    carry = false;
    return escaped;
  }
  // A run of backslashes escapes what follows it if its length is odd; adding the run's start carries through it.
  constexpr std::uint64_t kEven = 0x5555555555555555ULL;
  backslash &= carry ? ~std::uint64_t{1} : ~std::uint64_t{0};
  const std::uint64_t follows = backslash << 1 | (carry ? 1 : 0);
  const std::uint64_t odd_starts = backslash & ~kEven & ~follows;
  std::uint64_t even_runs = 0;
  carry = __builtin_add_overflow(odd_starts, backslash, &even_runs);
  return (kEven ^ (even_runs << 1)) & follows;
}

// Returns what lies between an opening quote (itself too) and its closing one.
std::uint64_t RunningParity(std::uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) {
    bits ^= bits << shift;
  }
  return bits;
}

constexpr std::uint64_t LowBits(std::ptrdiff_t count) {
  return count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
}

}  // namespace

const char* ContainerSkipper::Skip(const char* p, const char* end) {
  while (p < end) {
    const std::ptrdiff_t count = end - p;
    const std::uint64_t valid = LowBits(count);
    const ByteMasks masks = ClassifyBytes(p);
    bool carry = escaped_;
    const std::uint64_t escaped = EscapedBytes(masks.backslash & valid, carry);
    std::uint64_t in_string = RunningParity(masks.quote & valid & ~escaped);
    in_string ^= in_string_ ? ~std::uint64_t{0} : 0;
    const std::uint64_t open = masks.open & valid & ~in_string;
    const std::uint64_t close = masks.close & valid & ~in_string;
    if (static_cast<std::uint64_t>(std::popcount(close)) < depth_) {
      depth_ += static_cast<std::uint64_t>(std::popcount(open)) - static_cast<std::uint64_t>(std::popcount(close));
    } else {
      for (std::uint64_t bits = open | close; bits != 0; bits &= bits - 1) {
        const std::uint64_t lowest = bits & -bits;
        depth_ += (open & lowest) != 0 ? 1 : ~std::uint64_t{0};
        if (depth_ == 0) {
          return p + std::countr_zero(lowest) + 1;
        }
      }
    }
    escaped_ = count >= 64 ? carry : ((escaped >> count) & 1) != 0;
    in_string_ = (in_string >> (count >= 64 ? 63 : count - 1) & 1) != 0;
    p += 64;
  }
  return nullptr;
}

}  // namespace pluginlake::sources
