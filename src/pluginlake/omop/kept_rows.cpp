// Copies rows from the lake into the staging area.
#include "pluginlake/omop/kept_rows.h"

#include <array>
#include <filesystem>
#include <string_view>
#include <utility>

#include "omop/sql.h"
#include "pluginlake/catalog/lake.h"
#include "pluginlake/duck/cancel_watch.h"
#include "pluginlake/omop/staging.h"

namespace pluginlake::omop {
namespace {

struct Kept {
  std::string_view table;
  std::string_view statement;
};

constexpr std::array kKept = {
    Kept{"concept", sql::kKeptConcept},
    Kept{"vocabulary", sql::kKeptVocabulary},
    Kept{"domain", sql::kKeptDomain},
    Kept{"concept_class", sql::kKeptConceptClass},
    Kept{"concept_relationship", sql::kKeptConceptRelationship},
    Kept{"relationship", sql::kKeptRelationship},
    Kept{"concept_synonym", sql::kKeptConceptSynonym},
    Kept{"concept_ancestor", sql::kKeptConceptAncestor},
    Kept{"drug_strength", sql::kKeptDrugStrength},
    Kept{"source_to_concept_map", sql::kKeptSourceToConceptMap},
};

// Remembers which keys the delivery brings itself, where a file of it has them.
void NoteReplacedKeys(duck::Connection& connection, const Staging& staging) {
  connection.Query(sql::kMakeReplacedKey);
  constexpr std::array kKeyed = {
      std::pair{std::string_view("vocabulary"), sql::kReplacedVocabularies},
      std::pair{std::string_view("domain"), sql::kReplacedDomains},
      std::pair{std::string_view("concept_class"), sql::kReplacedConceptClasses},
      std::pair{std::string_view("relationship"), sql::kReplacedRelationships},
      std::pair{std::string_view("source_to_concept_map"), sql::kReplacedMaps},
  };
  for (const auto& [table, statement] : kKeyed) {
    if (staging.HasFile(table)) {
      connection.Query(statement, {staging.PathOf(table)});
    }
  }
}

// The rows of the DHD thesauri are derived anew: they do not stay, but what they are derived from is needed.
void ExportDhd(duck::Connection& connection, const Staging& staging) {
  connection.Query(sql::kReplacedDhdConcepts);
  connection.Query(sql::kReplacedDhdKeys);
  for (const auto& [table, statement] :
       {std::pair{"dhd_delivery", sql::kExportDhdDelivery}, std::pair{"dhd_concept", sql::kExportDhdConcept},
        std::pair{"dhd_term", sql::kExportDhdTerm}, std::pair{"dhd_derivation", sql::kExportDhdDerivation},
        std::pair{"dhd_relation", sql::kExportDhdRelation}, std::pair{"local_concept", sql::kExportLocalConcept}}) {
    connection.Query(statement, {staging.PathOf(table)});
  }
}

}  // namespace

void ExportKeptRows(catalog::Lake& lake, Staging& staging, bool bundle_is_local,
                    const core::Cancellation& cancellation) {
  duck::Connection connection = lake.Connect();
  const duck::CancelWatch watch(connection, cancellation);
  connection.Query(sql::kReplacedConcepts, {staging.PathOf("concept"), bundle_is_local});
  NoteReplacedKeys(connection, staging);
  const bool derives_dhd = !bundle_is_local && connection.QueryInt64(sql::kDhdDeliveries) > 0;
  if (derives_dhd) {
    ExportDhd(connection, staging);
  }
  for (const Kept& kept : kKept) {
    const std::string path = staging.PathOf("kept_" + std::string(kept.table));
    const duck::Result copied = connection.Query(kept.statement, {bundle_is_local, path});
    if (copied.rows_changed() == 0) {
      std::filesystem::remove(path);
    }
  }
  connection.Query(sql::kExportCodeSystem, {staging.PathOf("code_system")});
  connection.Query(sql::kExportUnitAlias, {staging.PathOf("unit_alias")});
  connection.Query(sql::kExportLocalMap, {staging.PathOf("local_map")});
  connection.Query(sql::kExportMappingSet, {staging.PathOf("mapping_set")});
  connection.Query(sql::kExportVocabularyLicence, {staging.PathOf("vocabulary_licence")});
  connection.Query(sql::kExportFormerVocabularies, {staging.PathOf("former_vocabulary")});
  connection.Query(sql::kExportFormerTables, {staging.PathOf("former_table")});
  connection.Query(sql::kExportUsedVocabularies, {staging.PathOf("used_vocabulary")});
}

}  // namespace pluginlake::omop
