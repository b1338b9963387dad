// Integer arithmetic on 128 bits with overflow checks.
#include "pluginlake/fhir/decimal.h"

#include <algorithm>
#include <limits>

namespace pluginlake::fhir {

namespace {

constexpr int kExponentMax = 100;

Int128 PowerOfTen(int exponent) {
  Int128 power = 1;
  for (int i = 0; i < exponent; ++i) {
    power *= 10;
  }
  return power;
}

std::optional<Int128> Multiply(Int128 left, Int128 right) {
  Int128 product = 0;
  return __builtin_mul_overflow(left, right, &product) ? std::nullopt : std::optional(product);
}

std::optional<Int128> Add(Int128 left, Int128 right) {
  Int128 sum = 0;
  return __builtin_add_overflow(left, right, &sum) ? std::nullopt : std::optional(sum);
}

// Divides, rounding half away from zero.
Int128 DivideRounded(Int128 dividend, Int128 divisor) {
  const Int128 quotient = dividend / divisor;
  const Int128 rest = dividend % divisor;
  const Int128 rest_size = rest < 0 ? -rest : rest;
  const Int128 divisor_size = divisor < 0 ? -divisor : divisor;
  if (rest_size < divisor_size - rest_size) {
    return quotient;
  }
  return (dividend < 0) == (divisor < 0) ? quotient + 1 : quotient - 1;
}

int Sign(Int128 number) { return number < 0 ? -1 : number > 0 ? 1 : 0; }

// The exponent behind 'e'; nullopt when it is absurd.
std::optional<int> ParseExponent(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  int exponent = 0;
  for (const char digit : text) {
    if (digit < '0' || digit > '9' || exponent > kExponentMax) {
      return std::nullopt;
    }
    exponent = exponent * 10 + (digit - '0');
  }
  return text.empty() ? std::nullopt : std::optional(negative ? -exponent : exponent);
}

}  // namespace

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  const std::size_t e = text.find_first_of("eE");
  const std::optional<int> exponent =
      e == std::string_view::npos ? std::optional(0) : ParseExponent(text.substr(e + 1));
  std::optional<Decimal> parsed = ParseDigits(text.substr(0, e));
  if (!parsed || !exponent) {
    return std::nullopt;
  }
  parsed->scale_ -= *exponent;
  if (parsed->scale_ < 0) {
    const int missing = -parsed->scale_;
    const std::optional<Int128> whole =
        missing <= kScaleMax ? Multiply(parsed->units_, PowerOfTen(missing)) : std::nullopt;
    return whole ? std::optional(Decimal(*whole, 0)) : std::nullopt;
  }
  return parsed->scale_ <= kScaleMax ? parsed : std::nullopt;
}

// Reads a number without exponent.
std::optional<Decimal> Decimal::ParseDigits(std::string_view text) {
  const bool negative = text.starts_with('-');
  text.remove_prefix(negative ? 1 : 0);
  const std::size_t point = std::min(text.find('.'), text.size());
  Decimal parsed;
  for (const std::string_view part : {text.substr(0, point), text.substr(std::min(point + 1, text.size()))}) {
    for (const char byte : part) {
      const std::optional<Int128> shifted = Multiply(parsed.units_, 10);
      const std::optional<Int128> units = shifted ? Add(*shifted, byte - '0') : std::nullopt;
      if (byte < '0' || byte > '9' || !units) {
        return std::nullopt;
      }
      parsed.units_ = *units;
    }
  }
  if (text.empty() || text == ".") {
    return std::nullopt;
  }
  parsed.units_ = negative ? -parsed.units_ : parsed.units_;
  parsed.scale_ = static_cast<int>(std::min(text.size() - std::min(point + 1, text.size()), std::size_t{1000}));
  return parsed;
}

std::optional<Int128> Decimal::ScaledTo(int scale) const {
  return scale - scale_ <= kScaleMax ? Multiply(units_, PowerOfTen(scale - scale_)) : std::nullopt;
}

std::optional<Decimal> Decimal::Plus(const Decimal& other) const {
  const int scale = std::max(scale_, other.scale_);
  const std::optional<Int128> left = ScaledTo(scale);
  const std::optional<Int128> right = other.ScaledTo(scale);
  const std::optional<Int128> sum = left && right ? Add(*left, *right) : std::nullopt;
  return sum ? std::optional(Decimal(*sum, scale)) : std::nullopt;
}

std::optional<Decimal> Decimal::Times(const Decimal& other) const {
  const std::optional<Int128> product = Multiply(units_, other.units_);
  const int scale = scale_ + other.scale_;
  return product && scale <= kScaleMax ? std::optional(Decimal(*product, scale)) : std::nullopt;
}

std::optional<Decimal> Decimal::DividedBy(const Decimal& other) const {
  if (other.units_ == 0) {
    return std::nullopt;
  }
  // units * 10^shift / other.units has scale_ - other.scale_ + shift digits behind the point.
  const int shift = kDivisionScale - scale_ + other.scale_;
  const int shift_size = shift < 0 ? -shift : shift;
  const std::optional<Int128> power = shift_size <= kScaleMax ? std::optional(PowerOfTen(shift_size)) : std::nullopt;
  const std::optional<Int128> dividend = power ? Multiply(units_, shift < 0 ? 1 : *power) : std::nullopt;
  const std::optional<Int128> divisor = power ? Multiply(other.units_, shift < 0 ? *power : 1) : std::nullopt;
  if (!dividend || !divisor) {
    return std::nullopt;
  }
  Decimal quotient(DivideRounded(*dividend, *divisor), kDivisionScale);
  while (quotient.scale_ > 0 && quotient.units_ % 10 == 0) {
    quotient.units_ /= 10;
    --quotient.scale_;
  }
  return quotient;
}

std::optional<Decimal> Decimal::IntegerDividedBy(const Decimal& other) const {
  const int scale = std::max(scale_, other.scale_);
  const std::optional<Int128> left = ScaledTo(scale);
  const std::optional<Int128> right = other.ScaledTo(scale);
  return left && right && *right != 0 ? std::optional(Decimal(*left / *right, 0)) : std::nullopt;
}

std::optional<Decimal> Decimal::Modulo(const Decimal& other) const {
  const int scale = std::max(scale_, other.scale_);
  const std::optional<Int128> left = ScaledTo(scale);
  const std::optional<Int128> right = other.ScaledTo(scale);
  return left && right && *right != 0 ? std::optional(Decimal(*left % *right, scale)) : std::nullopt;
}

std::optional<Decimal> Decimal::HalfUnitAway(int direction) const {
  const std::optional<Int128> tenfold = scale_ < kScaleMax ? Multiply(units_, 10) : std::nullopt;
  const std::optional<Int128> moved = tenfold ? Add(*tenfold, direction * 5) : std::nullopt;
  return moved ? std::optional(Decimal(*moved, scale_ + 1)) : std::nullopt;
}

int Decimal::Compare(const Decimal& other) const {
  const Int128 power = PowerOfTen(scale_);
  const Int128 other_power = PowerOfTen(other.scale_);
  const Int128 whole = units_ / power;
  const Int128 other_whole = other.units_ / other_power;
  if (whole != other_whole) {
    return whole < other_whole ? -1 : 1;
  }
  // What is left has at most kScaleMax digits, so it fits at the finer scale of both.
  const int scale = std::max(scale_, other.scale_);
  const Int128 rest = units_ % power * PowerOfTen(scale - scale_);
  const Int128 other_rest = other.units_ % other_power * PowerOfTen(scale - other.scale_);
  return Sign(rest - other_rest);
}

std::optional<std::int64_t> Decimal::UnitsAt(int scale) const {
  constexpr int kDigitsMax = 18;
  std::optional<Int128> units;
  if (scale >= scale_) {
    units = ScaledTo(scale);
  } else {
    units = DivideRounded(units_, PowerOfTen(scale_ - scale));
  }
  const Int128 limit = PowerOfTen(kDigitsMax);
  const bool fits = units && *units < limit && *units > -limit;
  return fits ? std::optional(static_cast<std::int64_t>(*units)) : std::nullopt;
}

std::optional<std::int64_t> Decimal::ToInt64() const {
  const Int128 power = PowerOfTen(scale_);
  const Int128 whole = units_ / power;
  const bool fits = units_ % power == 0 && whole >= std::numeric_limits<std::int64_t>::min() &&
                    whole <= std::numeric_limits<std::int64_t>::max();
  return fits ? std::optional(static_cast<std::int64_t>(whole)) : std::nullopt;
}

std::string Decimal::ToText() const {
  std::string digits;
  Int128 rest = units_;
  do {
    const int digit = static_cast<int>(rest % 10);
    digits += static_cast<char>('0' + (digit < 0 ? -digit : digit));
    rest /= 10;
  } while (rest != 0 || digits.size() <= static_cast<std::size_t>(scale_));
  if (scale_ > 0) {
    digits.insert(static_cast<std::size_t>(scale_), 1, '.');
  }
  if (units_ < 0) {
    digits += '-';
  }
  std::ranges::reverse(digits);
  return digits;
}

}  // namespace pluginlake::fhir
