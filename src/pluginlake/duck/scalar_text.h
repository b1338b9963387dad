// Spells single values as DuckDB itself does when it casts to VARCHAR, in UTC. Private to duck/.
#pragma once

#include <cstdint>
#include <string>

#include "pluginlake/duck/raw.h"

namespace pluginlake::duck {

// 128 bits, as HUGEINT, UUID and wide DECIMALs have them.
__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

Int128 WideOf(const duckdb_hugeint& value);
UInt128 WideOf(const duckdb_uhugeint& value);

void AppendInteger(std::string& out, Int128 value);
// `scale` digits stand behind the point: 1250 with scale 2 is 12.50.
void AppendDecimal(std::string& out, Int128 value, std::uint8_t scale);
// The shortest digits that give the same number back; whole numbers end in ".0".
void AppendReal(std::string& out, double value);
void AppendReal(std::string& out, float value);

void AppendDate(std::string& out, std::int32_t days);
// `units_per_second` says what `value` counts: 1, 1,000, 1,000,000 or 1,000,000,000.
void AppendTime(std::string& out, std::int64_t value, std::int64_t units_per_second);
void AppendTimestamp(std::string& out, std::int64_t value, std::int64_t units_per_second);
void AppendTimeWithZone(std::string& out, std::uint64_t bits);
void AppendInterval(std::string& out, const duckdb_interval& value);

void AppendUuid(std::string& out, const duckdb_hugeint& value);
void AppendHex(std::string& out, const char* bytes, std::size_t size);
void AppendBits(std::string& out, const char* bytes, std::size_t size);

}  // namespace pluginlake::duck
