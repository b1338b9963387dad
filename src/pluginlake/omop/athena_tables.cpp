// Lists the tables of a bundle.
#include "pluginlake/omop/athena_tables.h"

#include <algorithm>
#include <array>

#include "pluginlake/core/error.h"

namespace pluginlake::omop {
namespace {

struct Sorting {
  std::string_view table;
  std::string_view columns;
  bool in_every_bundle = true;
};

// Sorted by what each is looked up by. The large ones by one column: more keys cost a load more than they give.
constexpr std::array kSortings = {
    Sorting{"concept", "concept_id"},
    Sorting{"vocabulary", "vocabulary_id"},
    Sorting{"domain", "domain_id"},
    Sorting{"concept_class", "concept_class_id"},
    Sorting{"concept_relationship", "concept_id_1"},
    Sorting{"relationship", "relationship_id"},
    Sorting{"concept_synonym", "concept_id"},
    Sorting{"concept_ancestor", "ancestor_concept_id"},
    Sorting{"drug_strength", "drug_concept_id"},
    Sorting{"source_to_concept_map", "source_vocabulary_id, source_code", false},
};

}  // namespace

std::string AthenaTable::FileName() const {
  std::string name = table.name;
  std::ranges::transform(name, name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
  return name + ".csv";
}

std::vector<AthenaTable> AthenaTables() {
  std::vector<AthenaTable> tables;
  for (const Sorting& sorting : kSortings) {
    tables.push_back({.table = VocabTable(sorting.table),
                      .sort_columns = std::string(sorting.columns),
                      .in_every_bundle = sorting.in_every_bundle});
  }
  return tables;
}

schemas::Table VocabTable(std::string_view name) {
  for (schemas::Table& table : schemas::StationTables()) {
    if (table.schema == "vocab" && table.name == name) {
      return std::move(table);
    }
  }
  core::ThrowInternal("the schema vocab has no such table", __FILE__, __LINE__);
}

}  // namespace pluginlake::omop
