// Exact decimals: what FHIRPath's arithmetic works on, so that 0.1 + 0.2 is 0.3.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pluginlake::fhir {

__extension__ using Int128 = __int128;

// units * 10^-scale, at most 38 digits. Results that do not fit are nullopt: FHIRPath's empty.
class Decimal {
 public:
  static constexpr int kScaleMax = 37;
  static constexpr int kDivisionScale = 12;  // digits behind the point that a quotient has at most

  Decimal() = default;
  explicit Decimal(std::int64_t whole) : units_(whole) {}

  // Reads a JSON number; nullopt if it is none or has more than 38 digits.
  static std::optional<Decimal> Parse(std::string_view text);

  std::optional<Decimal> Plus(const Decimal& other) const;
  std::optional<Decimal> Minus(const Decimal& other) const { return Plus(other.Negated()); }
  std::optional<Decimal> Times(const Decimal& other) const;
  // Rounds half away from zero to kDivisionScale digits, without trailing zeros; nullopt for a division by zero.
  std::optional<Decimal> DividedBy(const Decimal& other) const;
  // The whole part of the quotient, cut towards zero, and what is left.
  std::optional<Decimal> IntegerDividedBy(const Decimal& other) const;
  std::optional<Decimal> Modulo(const Decimal& other) const;
  Decimal Negated() const { return {-units_, scale_}; }
  // Half a unit of the last digit below (-1) or above (+1): the boundary of what was rounded to this.
  std::optional<Decimal> HalfUnitAway(int direction) const;

  int Compare(const Decimal& other) const;
  // Returns units at `scale` digits behind the point, rounded half away from zero; nullopt if that does not fit in
  // 18 digits.
  std::optional<std::int64_t> UnitsAt(int scale) const;
  // Returns the number if it is whole and fits.
  std::optional<std::int64_t> ToInt64() const;
  std::string ToText() const;
  int scale() const { return scale_; }

 private:
  Decimal(Int128 units, int scale) : units_(units), scale_(scale) {}
  static std::optional<Decimal> ParseDigits(std::string_view text);
  std::optional<Int128> ScaledTo(int scale) const;

  Int128 units_ = 0;
  int scale_ = 0;
};

}  // namespace pluginlake::fhir
