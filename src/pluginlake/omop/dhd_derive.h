// Turns the DHD thesauri as delivered into rows of the vocabulary tables: numbered, named, mapped.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pluginlake/duck/connection.h"

namespace pluginlake::omop {

// How far a thesaurus is mapped, as of its day.
struct DhdCoverage {
  std::string thesaurus;  // "DT", "VT"
  std::int64_t concepts = 0;
  std::int64_t active = 0;
  std::int64_t by_snomed = 0;
  std::int64_t by_replacement = 0;
  std::int64_t by_icd10 = 0;
  std::int64_t unmapped = 0;
  std::int64_t active_unmapped = 0;
  std::int64_t not_yet_valid = 0;  // left to a later delivery
};

// A code of a vocabulary that needs a number.
using UnnumberedCode = std::pair<std::string, std::string>;

// Gives each code a number: writes it into local_concept, as the connection sees it.
using GiveNumbers = std::function<void(const std::vector<UnnumberedCode>& codes)>;

// Runs on a connection that resolves, unqualified: dhd_delivery, dhd_concept, dhd_term, dhd_derivation, dhd_relation,
// local_concept, concept, concept_relationship and code_target (of what is not DHD). Leaves the rows as temporary
// tables dhd_new_concept, …; DhdRows() names them.
std::vector<DhdCoverage> DeriveDhd(duck::Connection& connection, const GiveNumbers& give_numbers);

// A table of the vocabularies, and the temporary table that has its DHD rows.
struct DhdRowsOf {
  std::string_view table;
  std::string_view rows;
};
std::vector<DhdRowsOf> DhdRows();

}  // namespace pluginlake::omop
