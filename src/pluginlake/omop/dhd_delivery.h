// A delivery of the DHD thesauri: which file is which table of which thesaurus, and its rows in our layout.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pluginlake/omop/delivery.h"
#include "pluginlake/omop/problem.h"

namespace pluginlake::omop {

class Staging;

// One thesaurus of a delivery. Dates as "2025-08-15"; empty = the file names do not say.
struct DhdThesaurus {
  std::string name;     // "DT" (diagnoses) or "VT" (procedures)
  std::string version;  // "3.44"
  std::string format;   // "4.3"
  std::string delivered_on;
  std::string as_of;  // the day whose validity counts
};

// One file of a delivery that was read.
struct DhdFile {
  std::string thesaurus;
  std::string table;  // "concept", "term", "icd10", … : data/dhd_table.csv
  std::string shown;
  std::string sha256;
  std::uint64_t bytes = 0;
  std::uint64_t lines = 0;
};

struct DhdDelivery {
  std::vector<DhdThesaurus> thesauri;
  std::vector<DhdFile> files;
  std::vector<Problem> problems;  // missing_file, missing_column, bad_value, …; none of them may be loaded over
};

// Reads the delivery, and leaves the rows as dhd_concept_<thesaurus>.parquet, dhd_term_…, dhd_derivation_<table>_… and
// dhd_relation_… in the staging area, in the columns of vocab.dhd_*. Names may be in any case, columns separated by
// comma, semicolon or tab; unknown columns are kept in `delivered`. `as_of` empty = the day of the delivery, else
// today. Throws invalid_input (PL-1040) if nothing in it is a thesaurus, or its format is neither 4.x nor 5.x.
DhdDelivery ReadDhdDelivery(Delivery& delivery, Staging& staging, const std::string& as_of,
                            const core::Cancellation& cancellation);

}  // namespace pluginlake::omop
