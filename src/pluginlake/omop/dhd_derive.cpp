// Runs the steps in order.
#include "pluginlake/omop/dhd_derive.h"

#include <string>

#include "omop/sql.h"

namespace pluginlake::omop {
namespace {

std::vector<UnnumberedCode> Unnumbered(duck::Connection& connection) {
  std::vector<UnnumberedCode> codes;
  duck::Result result = connection.Query(sql::kDhdUnnumbered);
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      codes.emplace_back(chunk->Text(0, row), chunk->Text(1, row));
    }
  }
  return codes;
}

std::vector<DhdCoverage> Coverage(duck::Connection& connection) {
  std::vector<DhdCoverage> coverage;
  duck::Result result = connection.Query(sql::kDhdCoverage);
  while (std::optional<duck::Chunk> chunk = result.Fetch()) {
    for (std::uint64_t row = 0; row < chunk->row_count(); ++row) {
      coverage.push_back({.thesaurus = std::string(chunk->Text(0, row)),
                          .concepts = chunk->Int64(1, row),
                          .active = chunk->Int64(2, row),
                          .by_snomed = chunk->Int64(3, row),
                          .by_replacement = chunk->Int64(4, row),
                          .by_icd10 = chunk->Int64(5, row),
                          .unmapped = chunk->Int64(6, row),
                          .active_unmapped = chunk->Int64(7, row),
                          .not_yet_valid = chunk->Int64(8, row)});
    }
  }
  return coverage;
}

}  // namespace

std::vector<DhdCoverage> DeriveDhd(duck::Connection& connection, const GiveNumbers& give_numbers) {
  connection.Query(sql::kMakeNormalCode);
  connection.Query(sql::kDhdFact);
  connection.Query(sql::kDhdCodeKnown);
  connection.Query(sql::kDhdRetired);
  if (connection.QueryInt64(sql::kDhdRetiredCount) > 0) {
    connection.Query(sql::kDhdFollowRetired);
  }
  connection.Query(sql::kDhdTarget);
  connection.Query(sql::kDhdTargetOfLater);
  if (const std::vector<UnnumberedCode> codes = Unnumbered(connection); !codes.empty()) {
    give_numbers(codes);
  }
  for (const std::string_view step : {sql::kDhdNumbered, sql::kDhdRelationship, sql::kDhdSynonym, sql::kDhdSourceMap,
                                      sql::kDhdCodeTarget, sql::kDhdMapping, sql::kDhdVocabulary, sql::kDhdClass}) {
    connection.Query(step);
  }
  return Coverage(connection);
}

std::vector<DhdRowsOf> DhdRows() {
  return {{"concept", "dhd_new_concept"},         {"concept_relationship", "dhd_new_relationship"},
          {"concept_synonym", "dhd_new_synonym"}, {"source_to_concept_map", "dhd_new_source_map"},
          {"code_target", "dhd_new_code_target"}, {"vocabulary", "dhd_new_vocabulary"},
          {"concept_class", "dhd_new_class"},     {"dhd_mapping", "dhd_new_mapping"}};
}

}  // namespace pluginlake::omop
