// The field tables read as they should, and every difference between lakes is found.
#include <gtest/gtest.h>

#include "pluginlake/core/error.h"
#include "pluginlake/schemas/check.h"
#include "pluginlake/schemas/table.h"

namespace pluginlake::schemas {
namespace {

constexpr std::string_view kHead = "table,column,type,required,description\n";

TEST(FieldTable, ReadsColumnsInOrderWithTheirTypes) {
  const std::vector<Table> tables = ReadFieldTable(
      "raw", std::string(kHead) + "a,x,BIGINT,yes,One, with a comma\na,y,JSON,no,Two\nb,z,VARCHAR,no,\n");
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[0].QualifiedName(), "raw.a");
  EXPECT_EQ(tables[0].fields[0].description, "One, with a comma");
  EXPECT_TRUE(tables[0].fields[0].required);
  EXPECT_EQ(CreateTableStatement(tables[0]), R"(CREATE TABLE "raw"."a" ("x" BIGINT NOT NULL, "y" JSON))");
}

TEST(FieldTable, RefusesALineThatIsCut) {
  EXPECT_THROW(ReadFieldTable("raw", std::string(kHead) + "a,x\n"), core::Error);
}

std::vector<std::string> NamesIn(std::string_view schema) {
  std::vector<std::string> names;
  for (const Table& table : StationTables()) {
    if (table.schema == schema) {
      names.push_back(table.name);
    }
  }
  return names;
}

TEST(FieldTable, HasTheTablesOfTheContract) {
  using Names = std::vector<std::string>;
  EXPECT_EQ(NamesIn("lineage"),
            (Names{"run", "input", "column_edge", "asset_version", "registry", "row_source", "schema_version"}));
  EXPECT_EQ(NamesIn("quality"), (Names{"quarantine", "exclusion", "unmapped", "check_result", "erasure"}));
  EXPECT_EQ(NamesIn("raw"),
            (Names{"fhir_resource", "fhir_identifier", "fhir_reference_target", "fhir_reference_pending"}));
  EXPECT_EQ(NamesIn("vocab"), (Names{"concept",           "vocabulary",           "domain",
                                     "concept_class",     "concept_relationship", "relationship",
                                     "concept_synonym",   "concept_ancestor",     "source_to_concept_map",
                                     "drug_strength",     "code_target",          "code_system",
                                     "unit_alias",        "local_block",          "local_concept",
                                     "release",           "dhd_delivery",         "dhd_concept",
                                     "dhd_term",          "dhd_derivation",       "dhd_relation",
                                     "dhd_mapping",       "mapping_set",          "local_map",
                                     "vocabulary_licence"}));
  EXPECT_EQ(NamesIn("omop").size(), 29U);  // the Common Data Model's 39 without its vocabulary tables
}

TEST(FieldTable, GivesTheTypesOfTheCommonDataModelWithIdsAsBigint) {
  for (const Table& table : StationTables()) {
    if (table.schema != "omop") {
      continue;
    }
    for (const Field& field : table.fields) {
      const bool is_id = field.name.ends_with("_id") || field.name.ends_with("_id_1") || field.name.ends_with("_id_2");
      const bool is_text_id = field.name == "unique_device_id" || field.name == "production_id" ||
                              field.name == "specimen_source_id" || field.name == "cost_domain_id";
      EXPECT_EQ(is_id && !is_text_id, field.type == "BIGINT") << table.QualifiedName() << " " << field.name;
    }
  }
}

TEST(FieldTable, DescribesEveryColumn) {
  for (const Table& table : StationTables()) {
    for (const Field& field : table.fields) {
      EXPECT_GT(field.description.size(), 2U) << table.QualifiedName() << " " << field.name;
    }
  }
}

TEST(View, ShowsTheVocabularyTablesInOmop) {
  const std::vector<View> views = StationViews();
  EXPECT_EQ(views.size(), 10U);
  EXPECT_EQ(CreateViewStatement(views[0]), R"(CREATE VIEW "omop"."concept" AS SELECT * FROM "vocab"."concept")");
  std::vector<Table> standing = StationTables();
  EXPECT_EQ(MissingViews(views, standing).size(), 10U);
  standing.push_back({.schema = "omop", .name = "concept", .fields = {}});
  EXPECT_EQ(MissingViews(views, standing).size(), 9U);
}

TEST(CheckTables, FindsEachDifferenceAndNothingElse) {
  const std::vector<Table> expected = StationTables();
  std::vector<Table> actual = expected;
  EXPECT_TRUE(CheckTables(expected, actual).empty());
  actual[0].fields.pop_back();
  actual[1].fields[0].type = "BLOB";
  actual.erase(actual.begin() + 2);
  actual.push_back({.schema = "curated", .name = "own", .fields = {}});
  const std::vector<TableDifference> found = CheckTables(expected, actual);
  ASSERT_EQ(found.size(), 3U);
  EXPECT_EQ(Describe(found[0]), "the column counts of lineage.run is missing");
  EXPECT_EQ(Describe(found[1]), "the column run_id of lineage.input is BLOB where VARCHAR is expected");
  EXPECT_EQ(Describe(found[2]), "the table lineage.column_edge is missing");
}

}  // namespace
}  // namespace pluginlake::schemas
